import { readCredentials } from "@codex/auth/read-credentials";
import type { Config } from "@codex/config/schema";
import { resolveProvider, type Provider } from "@codex/model/providers";
import type { Environment } from "@codex/platform/env";
import { readText } from "@codex/platform/read-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { join } from "node:path";

/** The provider a config names, with its key; what would make the first request fail for certain is an error here. */
export const providerOf = (
  id: string | undefined,
  config: Config,
  { codexHome, env }: { codexHome: string; env: Environment },
): Result<Provider> =>
  resolveProvider(id ?? config.model_provider ?? "openai", {
    ...tables(config),
    env,
    credentials: () => credentials(codexHome, env),
  });

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

function credentials(codexHome: string, env: Environment): ReturnType<typeof readCredentials> {
  const path = join(codexHome, "auth.json");
  const stored = readText(path);
  if (stored.ok) return readCredentials({ environmentKey: env.CODEX_API_KEY, authJson: stored.value });
  // A key in the environment needs no file; without one, why the file does not help is the person's business.
  const fromEnvironment = readCredentials({ environmentKey: env.CODEX_API_KEY, authJson: undefined });
  if (!fromEnvironment.ok || fromEnvironment.value) return fromEnvironment;
  return err({
    code: "noCredentials",
    message: `Cannot read ${path}: ${stored.error.reason}. Mend that, or set CODEX_API_KEY to an API key.`,
  });
}
