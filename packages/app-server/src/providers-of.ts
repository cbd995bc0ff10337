import type { Config } from "@codex/config/schema";
import type { MethodResult } from "@codex/protocol/methods";

type Summary = MethodResult<"modelProvider/list">["data"][number];
type Written = NonNullable<Config["model_providers"]>[string];

/** Where models can be reached: OpenAI, and what config.toml adds, by id. */
export function providersOf(config: Config): Summary[] {
  const written = Object.entries(config.model_providers ?? {}).map(([id, provider]) => summaryOf(id, provider));
  return [...written.filter(({ id }) => id !== "openai"), openAi].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const openAi: Summary = { id: "openai", name: "OpenAI", canEdit: false, baseUrl: null, settings: { type: "openai" } };

const summaryOf = (id: string, provider: Written): Summary => ({
  id,
  name: provider.name ?? id,
  canEdit: true,
  baseUrl: provider.base_url ?? null,
  settings: { type: "customGateway", auth: authOf(provider) },
});

/** With a key of the environment it is named; whatever else a provider has or lacks, the client cannot edit. */
function authOf(provider: Written): Extract<Summary["settings"], { type: "customGateway" }>["auth"] {
  if (provider.env_key !== undefined) return { mode: "environmentVariable", envKey: provider.env_key };
  const { experimental_bearer_token, auth, http_headers, env_http_headers } = provider;
  const ways: unknown[] = [experimental_bearer_token, auth, http_headers, env_http_headers];
  return ways.some((way) => way !== undefined) ? { mode: "externallyConfigured", envKey: null } : { mode: "none" };
}
