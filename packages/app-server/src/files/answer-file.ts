import type { Unsuitable } from "@codex/platform/file-operations";
import type { FileError } from "@codex/platform/file-error";
import { type CodexError, fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { filePath } from "./file-path.ts";
import { unsuitableText } from "./unsuitable-text.ts";

/** Does something with the file at a client's path; `done` makes the answer of what came out. */
export async function answerFile<T, R>(
  path: string,
  operate: (path: string) => Promise<Result<T, FileError | Unsuitable>>,
  done: (value: T) => R,
): Promise<Result<R>> {
  const place = filePath(path);
  if (!place.ok) return place;
  const outcome = await operate(place.value);
  return outcome.ok ? ok(done(outcome.value)) : err(errorOf(outcome.error, path));
}

/** What is not answered with more than that it is done. */
export const nothing = (): Record<string, never> => ({});

function errorOf(error: FileError | Unsuitable, path: string): CodexError {
  return "message" in error ? fail(error.code, error.message) : fail("refusedParams", unsuitableText(error.code, path));
}
