import { readText } from "@codex/platform/read-file";
import { removeFile } from "@codex/platform/remove-file";
import { makePrivateFolder, writeAtomic } from "@codex/platform/write-atomic";
import { err, ok } from "@codex/protocol/result";
import { join } from "node:path";
import type { CredentialStore } from "./credential-store.ts";
import { lockCredentials } from "./lock-credentials.ts";

/** `$CODEX_HOME/auth.json`: for its owner alone, replaced in one step, locked as the original locks it. */
export function fileStore(codexHome: string): CredentialStore {
  const path = join(codexHome, "auth.json");
  const load: CredentialStore["load"] = () => {
    const text = readText(path);
    return text.ok
      ? ok(text.value)
      : err(`Cannot read ${path}: ${text.error.reason}. Mend that, or set CODEX_API_KEY to an API key.`);
  };
  return {
    lasting: true,
    load,
    look: async () => load(),
    save: async (text) => {
      const folder = makePrivateFolder(codexHome);
      const written = folder.ok ? writeAtomic(path, text, 0o600, { tighten: true }) : folder;
      return written.ok ? ok(undefined) : err(`Cannot write ${path}: ${written.error.reason}.`);
    },
    remove: async () => {
      const found = load();
      if (found.ok && found.value === undefined) return ok(false);
      const removed = removeFile(path);
      return removed.ok ? ok(true) : err(`Cannot remove ${path}: ${removed.error.reason}.`);
    },
    locked: (act) => lockCredentials(codexHome, act),
  };
}
