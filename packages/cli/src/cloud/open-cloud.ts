import { backendUrl, chatGptOrigins } from "@codex/auth/backend/backend-base";
import { backendHttp, openBackend, type Backend } from "@codex/auth/backend/open-backend";
import { openSession } from "@codex/auth/open-session";
import { readRestrictions, refusalOf } from "@codex/auth/restrictions";
import type { Signer } from "@codex/auth/signer";
import { codexHome } from "@codex/config/codex-home";
import { loadConfig, type LoadedConfig } from "@codex/config/load-config";
import { systemClock } from "@codex/platform/clock";
import { currentEnvironment, type Environment } from "@codex/platform/env";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { loadInput } from "../load-input.ts";
import { openProgramAuth, presentation } from "../program-auth.ts";
import type { CloudFlags } from "./cloud-flags.ts";

/** The task service as the person who is signed in. */
export type Cloud = {
  ask: Backend;
  /** The address of an endpoint of the service. */
  url(path: string): string;
  base: string;
  env: Environment;
  cwd: string;
};

/** Which service a command talks to, and how it presents itself there. */
export type CloudAccess = {
  /** The config's base, or for `codex cloud` the one that CODEX_CLOUD_TASKS_BASE_URL names. */
  base: (env: Environment, configured: string) => string;
  headers: (
    presented: { originator: string; userAgent: string },
    residency: string | undefined,
  ) => Record<string, string>;
  notSignedIn: string;
};

/** Opens the service; nothing is sent before the first question. */
export async function openCloud(flags: CloudFlags, access: CloudAccess): Promise<Result<Cloud>> {
  const env = currentEnvironment();
  const cwd = process.cwd();
  const home = codexHome(env);
  if (!home.ok) return home;
  const loaded = await loadConfig(loadInput(flags, home.value, cwd, env));
  if (!loaded.ok) return loaded;
  const { config, requirements } = loaded.value;
  const base = access.base(env, config.chatgpt_base_url);
  const signer = await signerFor(base, loaded.value, { codexHome: home.value, env, notSignedIn: access.notSignedIn });
  if (!signer.ok) return signer;
  const headers = access.headers(presentation(env, undefined), requirements.enforce_residency);
  const ask = openBackend({ signer: signer.value, headers, http: backendHttp(env) });
  return ok({ ask, url: (path) => backendUrl(base, path), base, env, cwd });
}

type SignerDeps = { codexHome: string; env: Environment; notSignedIn: string };

/** A token that was given for this service alone may go wherever it is told to; a saved login may not. */
async function signerFor(base: string, { config }: LoadedConfig, deps: SignerDeps): Promise<Result<Signer>> {
  const { codexHome, env, notSignedIn } = deps;
  const refusal = refuseBase(base, config.chatgpt_base_url, env);
  if (refusal !== undefined) return err(fail("usage", refusal));
  if (env.CODEX_CLOUD_TASKS_TOKEN) return ok(givenToken(env.CODEX_CLOUD_TASKS_TOKEN, env.CODEX_CLOUD_TASKS_ACCOUNT_ID));
  const auth = await openProgramAuth({ codexHome, env, config, environmentKey: "last" });
  const found = await auth.look();
  if (!found.ok) return err(fail("loginUnusable", found.error));
  if (found.value === undefined || found.value.mode === "apiKey") return err(fail("usage", notSignedIn));
  const restrictions = readRestrictions(config);
  const restricted = refusalOf(found.value, restrictions);
  if (restricted !== undefined) return err(fail("loginUnusable", restricted));
  const session = openSession(found.value, { auth, restrictions, now: systemClock.now });
  return session.ok ? ok(session.value.startTurn()) : err(fail("loginUnusable", session.error));
}

function givenToken(token: string, accountId: string | undefined): Signer {
  const headers: Record<string, string> = accountId ? { "chatgpt-account-id": accountId } : {};
  return { current: () => Promise.resolve(ok({ token, headers })), renew: () => Promise.resolve(ok(false)) };
}

/** The config is the person's own word; a variable may come from anywhere, and no token travels unencrypted to other machines. */
function refuseBase(base: string, configured: string, env: Environment): string | undefined {
  if (env.CODEX_CLOUD_TASKS_TOKEN) {
    if (URL.canParse(base) && isPrivate(new URL(base))) return undefined;
    return "Error: CODEX_CLOUD_TASKS_TOKEN is only sent to https addresses and to this machine; change CODEX_CLOUD_TASKS_BASE_URL.";
  }
  if (base === configured || isTrusted(base)) return undefined;
  return "Error: CODEX_CLOUD_TASKS_BASE_URL must use a trusted HTTPS origin on port 443, without user information, a query, or a fragment; custom backends cannot use saved ChatGPT credentials. Set CODEX_CLOUD_TASKS_TOKEN to use another one.";
}

const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname));

function isTrusted(base: string): boolean {
  if (!URL.canParse(base)) return false;
  const { origin, username, password, search, hash } = new URL(base);
  return chatGptOrigins.includes(origin) && username === "" && password === "" && search === "" && hash === "";
}
