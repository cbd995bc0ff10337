import { ok, type Result } from "@codex/protocol/result";
import { rmdirSync, unlinkSync } from "node:fs";
import { pathProblem, type FileProblem } from "./read-file.ts";

/** Removes a file; none being there is as good. */
export function removeFile(path: string): Result<void, FileProblem> {
  try {
    return ok(unlinkSync(path));
  } catch (thrown) {
    return pathProblem(path, thrown, undefined);
  }
}

/** Removes a folder that nothing is in; one that is in use, or not there, is left alone. */
export function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Somebody needs it.
  }
}
