import { canonicalPath } from "@codex/platform/canonical-path";
import { sha256 } from "@codex/platform/sha256";
import { parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import type { CredentialStore } from "./credential-store.ts";
import { lockCredentials } from "./lock-credentials.ts";

/** The system's place for secrets. */
export type Keyring = {
  get(service: string, account: string): Promise<string | null>;
  set(service: string, account: string, value: string): Promise<void>;
  delete(service: string, account: string): Promise<boolean>;
};

const service = "Codex Auth";

/** One entry for each Codex home, named as the original names it. */
function keyringAccount(codexHome: string): string {
  const canonical = canonicalPath(codexHome);
  const path = canonical.ok ? canonical.value : codexHome;
  return `cli|${sha256(path).slice(0, 16)}`;
}

/** The login in the keyring, as compact JSON. `file` is what an older login left, and is removed at the first save. */
export function keyringStore(codexHome: string, keyring: Keyring, file: CredentialStore): CredentialStore {
  const account = keyringAccount(codexHome);
  let known: Result<string | undefined, string> = ok(undefined);
  const attempt = async <T>(what: string, act: () => Promise<T>): Promise<Result<T, string>> => {
    try {
      return ok(await act());
    } catch (error) {
      return err(`failed to ${what} keyring: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    lasting: true,
    load: () => known,
    look: async () => {
      const found = await attempt("load CLI auth from", () => keyring.get(service, account));
      known = found.ok ? ok(found.value ?? undefined) : found;
      return known;
    },
    save: async (text) => {
      const compact = JSON.stringify(parseJson(text));
      const saved = await attempt("write OAuth tokens to", () => keyring.set(service, account, compact));
      if (!saved.ok) return saved;
      known = ok(compact);
      const removed = await file.remove();
      return removed.ok ? ok(undefined) : removed;
    },
    remove: async () => {
      const removed = await attempt("delete OAuth tokens from", () => keyring.delete(service, account));
      if (!removed.ok) return removed;
      known = ok(undefined);
      const left = await file.remove();
      return left.ok ? ok(removed.value || left.value) : left;
    },
    locked: (act) => lockCredentials(codexHome, act),
  };
}

/** The keyring, and the file where the keyring does not work. */
export function autoStore(keyring: CredentialStore, file: CredentialStore): CredentialStore {
  return {
    ...keyring,
    load: () => {
      const found = keyring.load();
      return found.ok && found.value !== undefined ? found : file.load();
    },
    look: async () => {
      const found = await keyring.look();
      return found.ok && found.value !== undefined ? found : file.look();
    },
    save: async (text) => {
      const saved = await keyring.save(text);
      return saved.ok ? saved : file.save(text);
    },
    remove: async () => {
      const [fromKeyring, fromFile] = [await keyring.remove(), await file.remove()];
      if (!fromFile.ok) return fromFile;
      const left = keyring.load();
      // A keyring that does not work holds nothing of ours; one that showed a login and keeps it does.
      if (!fromKeyring.ok && left.ok && left.value !== undefined) return fromKeyring;
      return ok(fromFile.value || (fromKeyring.ok && fromKeyring.value));
    },
  };
}
