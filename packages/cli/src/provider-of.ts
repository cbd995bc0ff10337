import type { Auth } from "@codex/auth/open-auth";
import { openSession } from "@codex/auth/open-session";
import type { RouteRequests } from "@codex/auth/routing/route-requests";
import { readRestrictions, refusalOf } from "@codex/auth/restrictions";
import type { Requirements } from "@codex/config/requirements";
import type { Config } from "@codex/config/schema";
import { resolveProvider, type OpenAiLogin, type Provider } from "@codex/model/providers";
import { systemClock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { isRouted, routerOf, withResidency } from "./route-of.ts";

/** The provider a config names, with its login; what would make the first request fail for certain is an error here. */
export const providerOf = (id: string | undefined, config: Config, deps: ProviderDeps): Result<Provider> => {
  const named = id ?? config.model_provider ?? "openai";
  const route = isRouted(named, config) ? routerOf(config, deps) : undefined;
  const provider = resolveProvider(named, {
    ...tables(config),
    env: deps.env,
    credentials: () => loginFor(config, deps, route),
  });
  return provider.ok ? ok(withResidency(provider.value, deps.requirements)) : provider;
};

export type ProviderDeps = {
  auth: Auth;
  codexHome: string;
  env: Environment;
  /** What the administrator demands; undefined where the config could not be read. */
  requirements: Pick<Requirements, "enforce_residency"> | undefined;
};

/** The same for what sends nothing: no key has to be there. */
export function keylessProvider(id: string, config: Config, env: Environment): Result<Provider> {
  const variable = config.model_providers?.[id]?.env_key;
  return resolveProvider(id, {
    ...tables(config),
    env: variable === undefined ? env : { ...env, [variable]: "unused" },
    credentials: () => ok({ mode: "apiKey", key: "unused" }),
  });
}

const tables = (config: Config) => ({
  providers: config.model_providers ?? {},
  openAiBaseUrl: config.openai_base_url,
  version,
});

/** Who is signed in now, if the config lets them be. */
function loginFor(
  config: Config,
  { auth, env }: ProviderDeps,
  route: RouteRequests | undefined,
): Result<OpenAiLogin | undefined> {
  const found = auth.credentials();
  if (!found.ok) return err(fail("loginUnusable", found.error));
  const credentials = found.value;
  if (credentials === undefined) return env.OPENAI_API_KEY ? err(otherVariable) : ok(undefined);
  const restrictions = readRestrictions(config);
  const refusal = refusalOf(credentials, restrictions);
  if (refusal !== undefined) return err(fail("loginUnusable", refusal));
  if (credentials.mode === "apiKey") return ok({ mode: "apiKey", key: credentials.key });
  const session = openSession(credentials, { auth, restrictions, now: systemClock.now, route });
  return session.ok ? ok({ mode: "chatgpt", session: session.value }) : err(fail("loginUnusable", session.error));
}

const otherVariable = fail(
  "loginUnusable",
  "No credentials for OpenAI. Run `codex login`, or set CODEX_API_KEY to an API key; OPENAI_API_KEY is not read.",
);
