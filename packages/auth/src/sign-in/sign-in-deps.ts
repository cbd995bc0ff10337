import type { Result } from "@codex/protocol/result";
import type { AuthClient, AuthHttp } from "../auth-http.ts";
import type { Issuer } from "../endpoints.ts";
import type { Restrictions } from "../restrictions.ts";
import type { SignedIn } from "../stored-login.ts";

/** What every way to sign in needs. */
export type SignInDeps = {
  issuer: Issuer;
  restrictions: Restrictions;
  http: AuthHttp;
  client(): AuthClient;
  /** Stores what was brought. */
  save(signedIn: SignedIn): Promise<Result<void, string>>;
  /** Told of each step; never a code or a token. */
  log(level: "INFO" | "WARN" | "ERROR", message: string): void;
};

/** A sign-in that waits for the person. */
export type SignInAttempt = {
  /** Resolves once: signed in and stored, or why not, in a sentence. Never rejects. */
  readonly done: Promise<Result<void, string>>;
  /** Gives it up; `done` resolves with "Login cancelled", unless it was over before. */
  cancel(): void;
};

export const cancelled = "Login cancelled";
