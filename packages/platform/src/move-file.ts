import { mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { fileProblem, type FileProblem } from "./read-file.ts";

/** Gives a file another name on the same disk, in a folder that is made where it is missing. */
export function moveFile(from: string, to: string): Result<void, FileProblem> {
  try {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    return ok(undefined);
  } catch (thrown) {
    return err(fileProblem(from, thrown));
  }
}
