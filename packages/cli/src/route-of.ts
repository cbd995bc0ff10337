import { defaultBackend } from "@codex/auth/backend/backend-base";
import { backendHttp } from "@codex/auth/backend/open-backend";
import type { Auth } from "@codex/auth/open-auth";
import { rememberedRoutes } from "@codex/auth/routing/remembered-routes";
import { routeRequests, type RouteRequests } from "@codex/auth/routing/route-requests";
import type { Config } from "@codex/config/schema";
import type { Provider } from "@codex/model/providers";
import { systemClock } from "@codex/platform/clock";
import { debugLog } from "@codex/platform/log";
import type { ProviderDeps } from "./provider-deps.ts";

/** Whether a provider's requests go to ChatGPT's own service, which may want an account's elsewhere. */
export function isRouted(id: string, config: Config): boolean {
  const own = id === "openai" ? undefined : config.model_providers?.[id];
  if (own && own.name !== "OpenAI") return false;
  const address = own?.base_url ?? config.openai_base_url;
  if (address === undefined) return true;
  const services = [defaultBackend, config.chatgpt_base_url].map(originOf);
  return services.includes(originOf(address));
}

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : address);

/** One for each login of this process and each base, so that all conversations share what it found out. */
export function routerOf(config: Config, { auth, codexHome, env, requirements }: ProviderDeps): RouteRequests {
  const residency = requirements?.enforce_residency;
  const key = JSON.stringify([config.chatgpt_base_url, residency ?? null]);
  const known = routers.get(auth) ?? new Map<string, RouteRequests>();
  routers.set(auth, known);
  const router =
    known.get(key) ??
    routeRequests({
      base: config.chatgpt_base_url,
      residency,
      http: backendHttp(env),
      userAgent: () => auth.client().userAgent,
      remembered: rememberedRoutes(codexHome),
      now: systemClock.now,
      debug: debugLog(env, "codex"),
    });
  known.set(key, router);
  return router;
}

const routers = new WeakMap<Auth, Map<string, RouteRequests>>();

/** OpenAI is told where data has to stay. */
export function withResidency(provider: Provider, requirements: ProviderDeps["requirements"]): Provider {
  const residency = requirements?.enforce_residency;
  if (residency === undefined || !provider.isOpenAi) return provider;
  return { ...provider, headers: { ...provider.headers, "x-openai-internal-codex-residency": residency } };
}
