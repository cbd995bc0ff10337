import type { Environment } from "@codex/platform/env";
import { lockMemory, type LockedMemory } from "@codex/platform/locked-memory";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { copyStringField } from "./copy-string-field.ts";
import { findRoute } from "./find-route.ts";
import type { GithubArguments } from "./parse-arguments.ts";
import { parseUpstream, type Upstream } from "./parse-upstream.ts";
import { isTokenByte, readKey, requestTokenWords } from "./read-key.ts";
import { requestOnce, type WholeReply } from "./request-once.ts";
import { keyLimit, type Secret } from "./secret-header.ts";

const tokenService = "https://auth.openai.com/oauth/token";

type Place = {
  readonly env: Environment;
  readonly ca?: readonly string[] | undefined;
  readonly connectTimeoutMs: number;
};

/**
 * Exchanges the token of a GitHub Actions runner on standard input for one of OpenAI's: GitHub vouches for the workflow, and
 * OpenAI gives a token for the service account. All three tokens stay in locked memory.
 */
export async function exchangeGithubToken(given: GithubArguments, place: Place): Promise<Result<Secret>> {
  const asked = requestUrl(given);
  if (!asked.ok) return asked;
  const runner = readKey(requestTokenWords);
  if (!runner.ok) return runner;
  const vouched = await fetchField(asked.value, "value", place, { bearer: runner.value }, "GitHub OIDC token request");
  runner.value.memory.wipe();
  if (!vouched.ok) return vouched;
  const service = parseUpstream(tokenService, "the token service");
  if (!service.ok) return service;
  const body = tokenRequest(given, vouched.value);
  vouched.value.memory.wipe();
  const token = await fetchField(service.value, "access_token", place, { json: body }, "OpenAI workload identity");
  body.memory.wipe();
  return token;
}

function requestUrl({ requestUrl: url, audience }: GithubArguments): Result<Upstream> {
  const parsed = URL.parse(url);
  const refused = (why: string): Result<never> => err(fail("usage", `--github-oidc-request-url ${why}`));
  if (parsed === null) return refused("must be an absolute URL");
  if (parsed.protocol !== "https:") return refused("must use HTTPS");
  if (parsed.username !== "" || parsed.password !== "") return refused("must not hold a user name or password");
  if (parsed.hash !== "" || url.includes("#")) return refused("must not have a fragment");
  parsed.searchParams.append("audience", audience);
  return parseUpstream(parsed.href, "--github-oidc-request-url");
}

type Content = { readonly bearer: Secret } | { readonly json: Secret };

/** One request, and the field of its answer that has a token. `who`: for people. */
async function fetchField(
  to: Upstream,
  field: string,
  { env, ca, connectTimeoutMs }: Place,
  content: Content,
  who: string,
): Promise<Result<Secret>> {
  const route = findRoute(to, env, ca);
  if (!route.ok) return route;
  const replied = await requestOnce({ upstream: to, route: route.value, connectTimeoutMs, content });
  if (!replied.ok) return err(fail("usage", `${who} failed: ${replied.error}.`));
  try {
    return readToken(replied.value, field, who);
  } finally {
    replied.value.memory.wipe();
  }
}

function readToken({ status, memory, length }: WholeReply, field: string, who: string): Result<Secret> {
  if (status < 200 || status > 299) return err(fail("usage", `${who} rejected (HTTP ${status})`));
  const token = lockMemory(keyLimit);
  const size = copyStringField(memory.bytes.subarray(0, length), field, token.bytes);
  if (size === 0 || token.bytes.subarray(0, size).some((byte) => !isTokenByte(byte))) {
    token.wipe();
    return err(fail("usage", `${who} returned an invalid token response`));
  }
  return ok({ memory: token, length: size });
}

/** The body of the exchange, put together in locked memory. */
function tokenRequest({ identityProviderId, serviceAccountId }: GithubArguments, subject: Secret): Secret {
  const rest = {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    identity_provider_id: identityProviderId,
    service_account_id: serviceAccountId,
  };
  const before = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"subject_token":"`);
  const memory = lockMemory(2 * keyLimit);
  const end = put(memory, 0, before, subject.memory.bytes.subarray(0, subject.length), Buffer.from('"}'));
  return { memory, length: end };
}

function put(memory: LockedMemory, from: number, ...pieces: readonly Uint8Array[]): number {
  let at = from;
  for (const piece of pieces) {
    memory.bytes.set(piece, at);
    at += piece.length;
  }
  return at;
}
