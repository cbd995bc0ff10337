import { ok, type Result } from "@codex/protocol/result";

/** Where the bearer token of a request comes from. An error is a sentence for people. */
export type TokenSource = {
  /** The token to send now; undefined for a server that wants none. */
  current(): Promise<Result<string | undefined, string>>;
  /** Asked once, after the server refused the token with 401: whether there is a new one to try. */
  renew(): Promise<Result<boolean, string>>;
};

/** A token that never changes. */
export const fixedToken = (token: string | undefined): TokenSource => ({
  current: () => Promise.resolve(ok(token)),
  renew: () => Promise.resolve(ok(false)),
});
