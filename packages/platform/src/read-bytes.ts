import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { err, ok, type Result } from "@codex/protocol/result";
import { fileProblem, type FileProblem } from "./read-file.ts";

/** The whole file. */
export function readBytes(path: string): Result<Buffer, FileProblem> {
  try {
    return ok(readFileSync(path));
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}

/** Up to `length` bytes from the beginning of a file. */
export function readHead(path: string, length: number): Result<Buffer, FileProblem> {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.allocUnsafe(length);
      return ok(head.subarray(0, readSync(file, head, 0, length, 0)));
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}

/** Up to `length` bytes from the end of a file. */
export function readTail(path: string, length: number): Result<Buffer, FileProblem> {
  try {
    const file = openSync(path, "r");
    try {
      const tail = Buffer.allocUnsafe(length);
      return ok(tail.subarray(0, readSync(file, tail, 0, length, Math.max(0, fstatSync(file).size - length))));
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}
