import { err, ok, type Result } from "@codex/protocol/result";
import type { CodexError } from "@codex/protocol/errors";
import { configError, locatedError } from "./config-problem.ts";
import type { Layer } from "./layer.ts";
import { originOf } from "./merge-layers.ts";
import type { PartialConfig, ProviderConfig } from "./schema.ts";

/** Providers that are always there. Their settings are code. */
const builtinProviderIds = ["openai", "ollama", "lmstudio", "amazon-bedrock", "amazon-bedrock-runtime"] as const;

const bedrockIds: ReadonlySet<string> = new Set(["amazon-bedrock", "amazon-bedrock-runtime"]);

/** What must hold between keys, of whichever layers they come. The first fault is returned, at its place. */
export async function checkConfig(config: PartialConfig, layers: readonly Layer[]): Promise<Result<void>> {
  const fault = providerFault(config) ?? serverFault(config) ?? permissionFault(config);
  if (fault !== undefined) {
    const source = originOf(layers, fault.path)?.text;
    const missing = configError(`Error loading config.toml: ${fault.message}\nin \`${fault.path.join(".")}\``);
    return err(source === undefined ? missing : await locatedError(source, fault.path, "key", fault.message));
  }
  return (await unknownProvider(config)) ?? retiredSetting(config) ?? ok(undefined);
}

type Fault = { readonly path: readonly string[]; readonly message: string };

function providerFault({ model_providers = {} }: PartialConfig): Fault | undefined {
  const reserved = Object.keys(model_providers).filter((id) => isReserved(id, model_providers[id]));
  if (reserved[0] !== undefined) return { path: ["model_providers", reserved[0]], message: reservedIds(reserved) };
  for (const [id, provider] of Object.entries(model_providers)) {
    const why = providerProblem(id, provider);
    if (why !== undefined) return { path: ["model_providers", id], message: `model_providers.${id}: ${why}` };
  }
  return undefined;
}

/** Of the built-in ones only Bedrock takes settings, and only its account's. */
const isReserved = (id: string, provider: ProviderConfig = {}): boolean =>
  builtinProviderIds.some((builtin) => builtin === id) &&
  !(bedrockIds.has(id) && Object.keys(provider).every((key) => key === "aws"));

const reservedIds = (ids: readonly string[]): string =>
  `model_providers contains reserved built-in provider IDs: ${ids.map((id) => `\`${id}\``).join(", ")}. ` +
  `Built-in providers cannot be overridden. Rename your custom provider (for example, \`${ids[0]}-custom\`).`;

function providerProblem(id: string, provider: ProviderConfig): string | undefined {
  if (bedrockIds.has(id)) return undefined;
  if ((provider.name ?? "").trim() === "") return "provider name must not be empty";
  if (provider.aws !== undefined)
    return "provider aws is only supported for `amazon-bedrock` or `amazon-bedrock-runtime`";
  if (provider.auth === undefined) return undefined;
  if ((provider.auth.command ?? "").trim() === "") return "provider auth.command must not be empty";
  const rivals = (["env_key", "experimental_bearer_token", "requires_openai_auth"] as const).filter((key) =>
    Boolean(provider[key]),
  );
  return rivals.length === 0 ? undefined : `provider auth cannot be combined with ${rivals.join(", ")}`;
}

const stdioLacks = [
  "url",
  "bearer_token",
  "bearer_token_env_var",
  "oauth",
  "oauth_resource",
  "http_headers_helper",
] as const;
const httpLacks = ["bearer_token", "cwd"] as const;

function serverFault({ mcp_servers = {} }: PartialConfig): Fault | undefined {
  for (const [name, server] of Object.entries(mcp_servers)) {
    const path = ["mcp_servers", name];
    if (server.command === undefined && server.url === undefined) return { path, message: "invalid transport" };
    const stdio = server.command !== undefined;
    const extra = (stdio ? stdioLacks : httpLacks).find((key) => server[key] !== undefined);
    if (extra !== undefined) {
      return {
        path: [...path, extra],
        message: `${extra} is not supported for ${stdio ? "stdio" : "streamable_http"}`,
      };
    }
  }
  return undefined;
}

function permissionFault(config: PartialConfig): Fault | undefined {
  const chosen = config.default_permissions;
  // Names with a colon are built in.
  if (chosen !== undefined && !chosen.startsWith(":") && config.permissions?.[chosen] === undefined) {
    return {
      path: ["default_permissions"],
      message: `default_permissions requires a \`[permissions.${chosen}]\` table`,
    };
  }
  if (chosen === undefined && config.permissions !== undefined && Object.keys(config.permissions).length > 0) {
    return {
      path: ["permissions"],
      message: "config defines `[permissions]` profiles but does not set `default_permissions`",
    };
  }
  return undefined;
}

async function unknownProvider({
  model_provider,
  model_providers = {},
}: PartialConfig): Promise<Result<never, CodexError> | undefined> {
  const known = [...builtinProviderIds, ...Object.keys(model_providers)];
  if (model_provider === undefined || known.includes(model_provider)) return undefined;
  const { nearest } = await import("./nearest.ts");
  const meant = nearest(model_provider, known);
  const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  return err(configError(`Model provider \`${model_provider}\` not found${hint}`));
}

/** Settings that still parse and whose meaning is gone: ignoring them would give less than was asked for. */
function retiredSetting(config: PartialConfig): Result<never> | undefined {
  if (config.experimental_thread_store_endpoint !== undefined) {
    return err(configError("`experimental_thread_store_endpoint` is no longer supported; remove it from config.toml"));
  }
  if (config.approval_policy !== "untrusted") return undefined;
  return err(configError('approval_policy = "untrusted" is no longer supported; remove this setting'));
}
