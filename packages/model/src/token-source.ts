import type { Signer } from "@codex/auth/signer";
import { ok } from "@codex/protocol/result";

/** Where the bearer token of a request comes from. An error is a sentence for people. */
export type TokenSource = Signer;

/** A token that never changes. */
export const fixedToken = (token: string | undefined): TokenSource => ({
  current: () => Promise.resolve(ok({ token, headers: {} })),
  renew: () => Promise.resolve(ok(false)),
});
