import { autoStore, keyringStore, type Keyring } from "./keyring-store.ts";
import type { CredentialStore } from "./credential-store.ts";
import { fileStore } from "./file-store.ts";
import { memoryStore } from "./memory-store.ts";

export type StoreMode = "file" | "keyring" | "auto" | "ephemeral";

/** The store that `cli_auth_credentials_store` names, looked into once where that takes waiting. */
export async function openStore(
  mode: StoreMode,
  codexHome: string,
  keyring: Keyring = systemKeyring,
): Promise<CredentialStore> {
  const file = fileStore(codexHome);
  switch (mode) {
    case "file":
      return file;
    case "ephemeral":
      return memoryStore();
    case "keyring":
    case "auto": {
      const inKeyring = keyringStore(codexHome, keyring, file);
      const store = mode === "auto" ? autoStore(inKeyring, file) : inKeyring;
      await store.look();
      return store;
    }
  }
}

/** libsecret, the macOS Keychain or the Windows Credential Manager. */
const systemKeyring: Keyring = {
  get: (service, name) => Bun.secrets.get({ service, name }),
  set: (service, name, value) => Bun.secrets.set({ service, name, value }),
  delete: (service, name) => Bun.secrets.delete({ service, name }),
};
