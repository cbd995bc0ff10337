import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { fileProblem, type FileProblem } from "./read-file.ts";

/** A file that is only ever added to, by one writer. */
export type AppendFile = {
  /** Bytes in the file. */
  size(): number;
  /** The system has all of it when this returns. What is written in part, on a full disk say, is taken back. */
  append(text: string): Result<void, FileProblem>;
  close(): void;
};

/** Opens a file at its end. `create` makes it, and its folders, and fails where it exists. */
export function openAppend(path: string, mode: "create" | "existing"): Result<AppendFile, FileProblem> {
  try {
    if (mode === "create") mkdirSync(dirname(path), { recursive: true });
    return ok(appendFile(path, openSync(path, mode === "create" ? "ax+" : "r+")));
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}

function appendFile(path: string, file: number): AppendFile {
  let size = fstatSync(file).size;
  return {
    size: () => size,
    append(text) {
      try {
        writeAll(file, Buffer.from(text), size);
        size += Buffer.byteLength(text);
        return ok(undefined);
      } catch (thrown) {
        cutBack(file, size);
        return err(fileProblem(path, thrown));
      }
    },
    close: () => closeSync(file),
  };
}

function writeAll(file: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

function cutBack(file: number, size: number): void {
  try {
    ftruncateSync(file, size);
  } catch {
    // The next write goes to the same position, over what was left.
  }
}

/** True where the file is empty or its last byte ends a line. */
export function endsInNewline(path: string): Result<boolean, FileProblem> {
  try {
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      const last = Buffer.alloc(1);
      return ok(size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === 10));
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}
