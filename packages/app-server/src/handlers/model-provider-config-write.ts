import { fail, type CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { providersOf } from "../providers-of.ts";
import { writeConfig } from "../write-config.ts";

const refuse = (code: string, why: string): Result<never, CodexError> =>
  err({ ...fail("providerRefused", why), data: { config_write_error_code: code } });

/** Adds a gateway to config.toml, or changes one that is there. */
export const modelProviderConfigWrite: Handler<"modelProvider/config/write"> = async ({ settings }, context) => {
  if (settings.type !== "customGateway") {
    return refuse("configValidationError", "This version of Codex reaches models through OpenAI and gateways only.");
  }
  const { providerId, name, baseUrl, envKey } = settings;
  const loaded = await configNow(context.server);
  if (!loaded.ok) return loaded;
  const known = loaded.value.config.model_providers ?? {};
  if (providerId && reserved.has(providerId)) {
    return refuse("configValidationError", "A custom provider or gateway cannot use a built-in provider ID.");
  }
  if (providerId && !Object.hasOwn(known, providerId)) return refuse("configPathNotFound", "Unknown provider ID.");
  if ((!providerId || baseUrl) && !isPlainUrl(baseUrl ?? "")) {
    return refuse("configValidationError", "Enter an HTTP(S) base URL without credentials, a query, or a fragment.");
  }
  if (!providerId && !name?.trim()) return refuse("configValidationError", "Enter a name.");
  const id = providerId ?? freeId(name ?? "", known);
  const fields = { name, base_url: baseUrl, env_key: envKey, ...(providerId ? {} : { wire_api: "responses" }) };
  const edits = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ keyPath: `model_providers."${id}".${key}`, value, mergeStrategy: "replace" as const }));
  const written = await writeConfig({ edits }, context);
  if (!written.ok) return written;
  const now = await configNow(context.server);
  if (!now.ok) return now;
  const provider = providersOf(now.value.config).find((one) => one.id === id);
  return provider ? ok({ provider }) : refuse("configPathNotFound", "Unknown provider ID.");
};

const reserved: ReadonlySet<string> = new Set([
  "openai",
  "ollama",
  "lmstudio",
  "amazon-bedrock",
  "amazon-bedrock-runtime",
  "gcp",
]);

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  return url !== null && isWeb && !url.username && !url.password && !url.search && !url.hash;
}

/** The name as an id, with a number where that is taken. */
function freeId(name: string, known: object): string {
  const plain =
    name
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/g, "-")
      .replace(/^-+|-+$/g, "") || "gateway";
  const taken = (id: string) => Object.hasOwn(known, id) || reserved.has(id);
  let id = plain;
  for (let number = 2; taken(id); number++) id = `${plain}-${number}`;
  return id;
}
