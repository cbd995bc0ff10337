import { ok } from "@codex/protocol/result";
import type { CredentialStore } from "./credential-store.ts";

/** Credentials of this process alone, gone when it ends. */
export function memoryStore(): CredentialStore {
  let stored: string | undefined;
  return {
    lasting: false,
    load: () => ok(stored),
    look: async () => ok(stored),
    save: async (text) => {
      stored = text;
      return ok(undefined);
    },
    remove: async () => {
      const had = stored !== undefined;
      stored = undefined;
      return ok(had);
    },
    locked: (act) => act(),
  };
}
