import type { Environment } from "@codex/platform/env";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

export type HttpHeader = {
  readonly name: string;
  readonly value: string;
  /** The name of a variable of this machine that holds the value. */
  readonly valueEnvVar?: string | null | undefined;
};

/** The headers as a client lists them, for one request. No value of a variable stands in an error. */
export function readHeaders(list: readonly HttpHeader[], env: Environment): Result<Headers> {
  const headers = new Headers();
  for (const { name, value, valueEnvVar } of list) {
    if (!token.test(name))
      return err(fail("invalidParams", "http/request header name is invalid: invalid HTTP header name"));
    const variable = valueEnvVar ?? undefined;
    const sent = variable === undefined ? value : env[variable];
    if (sent === undefined) {
      return err(
        fail("refusedParams", `http/request header ${name} wants the variable ${variable}, which is not set here`),
      );
    }
    if (!text.test(sent)) {
      return err(
        fail("invalidParams", `http/request header value is invalid for ${name}: failed to parse header value`),
      );
    }
    headers.append(name, sent);
  }
  return ok(headers);
}

export const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What may stand in a header's value: no control characters but the tab. */
// eslint-disable-next-line no-control-regex
const text = /^[\t\x20-\x7e\x80-\u{10ffff}]*$/u;

/** A reply's headers, each `Set-Cookie` by itself. */
export function listHeaders(headers: Headers): { name: string; value: string }[] {
  const cookies = headers.getSetCookie().map((value) => ({ name: "set-cookie", value }));
  const others = [...headers].filter(([name]) => name !== "set-cookie").map(([name, value]) => ({ name, value }));
  return [...others, ...cookies];
}
