import { decodeBase64 } from "@codex/app-server/decode-base64";
import { unsuitableText } from "@codex/app-server/files/unsuitable-text";
import type { FileError } from "@codex/platform/file-error";
import {
  copyPath,
  fileMetadata,
  finalPath,
  folderEntries,
  makeFolder,
  readWholeFile,
  removePath,
  type Unsuitable,
  writeWholeFile,
} from "@codex/platform/file-operations";
import { openFile, type OpenFile } from "@codex/platform/open-file";
import { walkFolder } from "@codex/platform/walk-folder";
import { type CodexError, fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { uriOf } from "../file-uri.ts";
import type { FileRequest, FileWorker } from "./file-request.ts";

/** Works on files in this process. */
export function directWorker(): FileWorker {
  let file: OpenFile | undefined;
  return {
    async work(request) {
      if (request.do === "readBlock" || request.do === "writeBlock") return file ? onBlock(file, request) : err(noFile);
      if (request.do !== "open") return onPath(request);
      const opened = await openFile(request.path, request.mode);
      if (!opened.ok) return err(errorOf(opened.error, request.path));
      file = opened.value;
      return ok({});
    },
    async close() {
      await file?.close();
    },
  };
}

const noFile = fail("executorFailed", "no file is open");

type OnBlock = Extract<FileRequest, { do: "readBlock" | "writeBlock" }>;

async function onBlock(file: OpenFile, request: OnBlock): Promise<Result<unknown>> {
  if (request.do === "writeBlock") {
    const bytes = decodeBase64(request.chunk);
    if (!bytes.ok) return err(fail("invalidParams", bytes.error));
    return answer("", file.write(request.offset, bytes.value), nothing);
  }
  return answer("", file.read(request.offset, request.length), (bytes) => ({
    chunk: base64(bytes),
    eof: bytes.byteLength < request.length,
  }));
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

const nothing = (): object => ({});

async function onPath(request: Exclude<FileRequest, OnBlock | { do: "open" }>): Promise<Result<unknown>> {
  const { path } = request;
  switch (request.do) {
    case "readFile":
      return answer(path, readWholeFile(path), (bytes) => ({ dataBase64: base64(bytes) }));
    case "writeFile": {
      const bytes = decodeBase64(request.dataBase64);
      return bytes.ok
        ? answer(path, writeWholeFile(path, bytes.value), nothing)
        : err(fail("refusedParams", `fs/writeFile requires valid base64 dataBase64: ${bytes.error}`));
    }
    case "createDirectory":
      return answer(path, makeFolder(path, request.parents), nothing);
    case "getMetadata":
      // 0 is what a file system gives that does not know; a moment in 1970 would be no better.
      return answer(path, fileMetadata(path), (facts) => ({ ...facts, createdAtMs: facts.createdAtMs || null }));
    case "canonicalize":
      return answer(path, finalPath(path), (real) => ({ path: uriOf(real) }));
    case "readDirectory":
      return answer(path, folderEntries(path), (entries) => ({ entries }));
    case "walk":
      return answer(path, walkFolder(path, request.limits), ({ entries, errors, truncated }) => ({
        entries: entries.map((entry) => ({ ...entry, path: uriOf(entry.path) })),
        errors: errors.map((error) => ({ ...error, path: uriOf(error.path) })),
        truncated,
      }));
    case "remove":
      return answer(path, removePath(path, request), nothing);
    case "copy":
      return answer(path, copyPath(path, request.destination, request.whole), nothing);
  }
}

async function answer<T>(
  path: string,
  outcome: Promise<Result<T, FileError | Unsuitable>>,
  done: (value: T) => unknown,
): Promise<Result<unknown>> {
  const known = await outcome;
  return known.ok ? ok(done(known.value)) : err(errorOf(known.error, path));
}

function errorOf(error: FileError | Unsuitable, path: string): CodexError {
  if (!("message" in error)) return fail("refusedParams", unsuitableText(error.code, path));
  return fail(error.code === "fileNotFound" ? "pathNotFound" : error.code, error.message);
}
