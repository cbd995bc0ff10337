import type { Result } from "@codex/protocol/result";

/** What a request is signed with. */
export type Signature = {
  /** Bearer token; undefined for a server that wants none. */
  token: string | undefined;
  /** Further headers that say for which account. */
  headers: Readonly<Record<string, string>>;
  /** What it is, where the service's address depends on that; undefined for a provider's own key. */
  login?: "apiKey" | "chatgpt" | undefined;
  /** Scheme and host to ask instead of the configured ones, where the account lives elsewhere. */
  origin?: string | undefined;
};

/** Signs the requests of one turn, all for the account that it began with. Errors are sentences for people. */
export type Signer = {
  current(): Promise<Result<Signature, string>>;
  /**
   * Asked after the server refused the signature with 401, `time` counting from 1 for each request: whether there is
   * another to try. An error ends the request with its sentence.
   */
  renew(time: number): Promise<Result<boolean, string>>;
};
