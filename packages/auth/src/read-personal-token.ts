import { readText } from "@codex/platform/read-file";
import { removeFile } from "@codex/platform/remove-file";
import { sha256 } from "@codex/platform/sha256";
import { writeAtomic } from "@codex/platform/write-atomic";
import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { clientHeaders, type AuthClient, type AuthHttp } from "./auth-http.ts";
import { statusLine } from "./status-line.ts";
import type { Account } from "./credentials.ts";

export type PersonalTokenDeps = {
  codexHome: string;
  url: string;
  http: AuthHttp;
  client(): AuthClient;
  now(): number;
};

/** A personal access token is opaque: the service says whose it is. */
export const isPersonalAccessToken = (token: string): boolean => token.startsWith("at-");

/** Whose a personal access token is: from the last answer where that is younger than a day, else asked. */
export async function readPersonalToken(token: string, deps: PersonalTokenDeps): Promise<Result<Account, string>> {
  const known = rememberedAccount(token, deps);
  return known === undefined ? askWhose(token, deps) : ok(known);
}

/** The last answer, without any request; undefined where there is none that is fresh. */
function rememberedAccount(
  token: string,
  { codexHome, now }: Pick<PersonalTokenDeps, "codexHome" | "now">,
): Account | undefined {
  const text = readText(cachePath(codexHome));
  const cached = text.ok && text.value !== undefined ? parseJson(text.value) : undefined;
  if (!isObject(cached) || cached["token_sha256"] !== hashOf(token)) return undefined;
  const age = now() - Number(cached["checked_at_ms"]);
  return age >= 0 && age < lifetimeMs ? readAccount(cached["account"]) : undefined;
}

/** Asks the service whose the token is, and remembers the answer. */
export async function askWhose(token: string, deps: PersonalTokenDeps): Promise<Result<Account, string>> {
  const { codexHome, url, http, client, now } = deps;
  const headers = { ...clientHeaders(client()), authorization: `Bearer ${token}` };
  const reply = await http({ method: "GET", url, headers, timeoutMs: 15_000 });
  if (!reply.ok) return err(`The personal access token cannot be checked: ${reply.error.cause}. Try again.`);
  const { status, text } = reply.value;
  if (status !== 200) {
    return err(
      `personal access token metadata request failed with status ${statusLine(status)}. Make a new token, and store it with \`codex login --with-access-token\`.`,
    );
  }
  const body = parseJson(text);
  const account = readAccount(body);
  if (account === undefined) return err("The service did not say whose the personal access token is. Try again later.");
  const cached = { token_sha256: hashOf(token), checked_at_ms: now(), account: writeAccount(account) };
  writeAtomic(cachePath(codexHome), `${JSON.stringify(cached)}\n`, 0o600, { tighten: true });
  return ok(account);
}

/** Forgets the last answer, which names a person. */
export function forgetPersonalToken(codexHome: string): void {
  removeFile(cachePath(codexHome));
}

const lifetimeMs = 24 * 3600 * 1000;

const cachePath = (codexHome: string): string => join(codexHome, "auth-whoami.json");

const hashOf = (token: string): string => sha256(`codex-whoami ${token}`);

function readAccount(body: unknown): Account | undefined {
  if (!isObject(body)) return undefined;
  const accountId = body["chatgpt_account_id"];
  if (typeof accountId !== "string") return undefined;
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return {
    accountId,
    userId: text(body["chatgpt_user_id"]),
    email: text(body["email"]),
    planType: text(body["chatgpt_plan_type"]),
    fedramp: body["chatgpt_account_is_fedramp"] === true,
  };
}

const writeAccount = ({ accountId, userId, email, planType, fedramp }: Account) => ({
  chatgpt_account_id: accountId,
  chatgpt_user_id: userId,
  email,
  chatgpt_plan_type: planType,
  chatgpt_account_is_fedramp: fedramp,
});
