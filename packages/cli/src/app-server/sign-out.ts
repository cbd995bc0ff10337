import { removeFile } from "@codex/platform/remove-file";
import { fail } from "@codex/protocol/errors";
import { err, type Result } from "@codex/protocol/result";
import { join } from "node:path";

/** Forgets the stored credentials, as `logout` does. A key in the environment is not stored. */
export function signOut(codexHome: string): Result<void> {
  const path = join(codexHome, "auth.json");
  const removed = removeFile(path);
  return removed.ok ? removed : err(fail("usage", `Error: cannot remove ${path}: ${removed.error.reason}.`));
}
