import type { Result } from "@codex/protocol/result";

/** Where the stored login is: a file, the system's keyring, or this process's memory. Texts are those of auth.json. */
export type CredentialStore = {
  /** The text as far as it is known without waiting: a file is read anew, a keyring as it was at the last `look`. */
  load(): Result<string | undefined, string>;
  /** Looks anew, wherever it takes. */
  look(): Promise<Result<string | undefined, string>>;
  /** Replaces what is stored. Call with the lock. */
  save(text: string): Promise<Result<void, string>>;
  /** False where nothing was stored. Call with the lock. */
  remove(): Promise<Result<boolean, string>>;
  /** Runs `act` while no other process writes; errors are sentences. */
  locked<T>(act: () => Promise<Result<T, string>>): Promise<Result<T, string>>;
  /** Keeps the credentials when this process ends. */
  readonly lasting: boolean;
};
