import type { CodexError } from "./errors.ts";

/** What a function returns whose caller must deal with an expected failure. */
export type Result<T, E = CodexError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
