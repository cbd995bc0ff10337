import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { err, ok, type Result } from "@codex/protocol/result";
import { type FileError, fileErrorOf } from "./file-error.ts";
import type { Unsuitable } from "./file-operations.ts";

/** A file that stays open for somebody who reads or writes it a piece at a time. */
export type OpenFile = {
  /** Up to `length` bytes; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Result<Uint8Array, FileError>>;
  write(offset: number, bytes: Uint8Array): Promise<Result<void, FileError>>;
  close(): Promise<void>;
};

/** `read`, or `replace`: the file is made, or emptied if it is there. Nothing but a file is opened for reading. */
export async function openFile(
  path: string,
  mode: "read" | "replace",
): Promise<Result<OpenFile, FileError | Unsuitable>> {
  try {
    // Non-blocking, or opening a pipe that nobody writes to would never end.
    const file = await open(path, mode === "read" ? readNow : "w");
    if (mode === "read" && !(await file.stat()).isFile()) {
      await file.close();
      return err({ code: "notAFile" });
    }
    return ok({
      read: (offset, length) =>
        attempt(async () => {
          const bytes = Buffer.allocUnsafe(length);
          let size = 0;
          while (size < length) {
            const { bytesRead } = await file.read(bytes, size, length - size, offset + size);
            if (bytesRead === 0) break;
            size += bytesRead;
          }
          return bytes.subarray(0, size);
        }),
      write: (offset, bytes) =>
        attempt(async () => {
          let size = 0;
          while (size < bytes.byteLength) {
            size += (await file.write(bytes, size, bytes.byteLength - size, offset + size)).bytesWritten;
          }
        }),
      close: async () => void (await attempt(() => file.close())),
    });
  } catch (error) {
    return err(fileErrorOf(error));
  }
}

const readNow = constants.O_RDONLY | constants.O_NONBLOCK;

async function attempt<T>(run: () => Promise<T>): Promise<Result<T, FileError>> {
  try {
    return ok(await run());
  } catch (error) {
    return err(fileErrorOf(error));
  }
}
