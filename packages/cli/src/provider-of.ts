import { followLogin } from "@codex/auth/follow-login";
import type { RouteRequests } from "@codex/auth/routing/route-requests";
import { readRestrictions } from "@codex/auth/restrictions";
import type { Config } from "@codex/config/schema";
import { resolveProvider, type OpenAiLogin, type Provider } from "@codex/model/providers";
import { fixedToken } from "@codex/model/token-source";
import { systemClock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import type { ProviderDeps } from "./provider-deps.ts";
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

/** The same for what sends nothing: no key has to be there. */
export function keylessProvider(id: string, config: Config, env: Environment): Result<Provider> {
  const variable = config.model_providers?.[id]?.env_key;
  return resolveProvider(id, {
    ...tables(config),
    env: variable === undefined ? env : { ...env, [variable]: "unused" },
    credentials: () => ok({ startTurn: () => fixedToken(undefined) }),
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
  const login = followLogin({ auth, restrictions: readRestrictions(config), now: systemClock.now, route });
  if (!login.ok) return err(fail("loginUnusable", login.error));
  return login.value === undefined && env.OPENAI_API_KEY ? err(otherVariable) : ok(login.value);
}

const otherVariable = fail(
  "loginUnusable",
  "No credentials for OpenAI. Run `codex login`, or set CODEX_API_KEY to an API key; OPENAI_API_KEY is not read.",
);
