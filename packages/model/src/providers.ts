import type { ProviderConfig } from "@codex/config/schema";
import type { Signer } from "@codex/auth/signer";
import { type CodexError, fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { isHeaderValue } from "./header-value.ts";
import { type RetryLimits, retryLimits } from "./retry.ts";
import type { TokenCommand } from "./token-command.ts";

/** A `[model_providers.<id>]` table as it stands in config.toml; times in milliseconds. */
export type ProviderSettings = ProviderConfig;

/** A provider with everything looked up that can be before a request. */
export type Provider = {
  id: string;
  name: string;
  /** The built-in OpenAI provider gets some fields and headers that no other server may rely on. */
  isOpenAi: boolean;
  baseUrl: string;
  /** Of `POST …/responses`, with the provider's query parameters. */
  responsesUrl: string;
  /** The same for requests that a ChatGPT account signs. */
  chatGptUrl: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Header values and query parameters that must never be shown. */
  secrets: string[];
  token:
    | { type: "fixed"; value: string | undefined }
    | { type: "command"; command: TokenCommand }
    /** OpenAI's credentials: one session a conversation, one signer a turn. */
    | { type: "signedIn"; session: { startTurn(): Signer } };
  retries: RetryLimits;
  idleTimeoutMs: number;
  supportsWebsockets: boolean;
};

export type ProviderSources = {
  /** `model_providers` of the config. */
  providers: Readonly<Record<string, ProviderSettings>>;
  /** `openai_base_url` of the config. */
  openAiBaseUrl: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Asked only for a provider that is signed with OpenAI's credentials. */
  credentials: () => Result<OpenAiLogin | undefined>;
  /** Our version, which the built-in provider is told. */
  version: string;
};

/** What OpenAI's requests are signed with. */
export type OpenAiLogin = { startTurn(): Signer };

/**
 * Looks up a provider by id. Everything that would make the first request fail for certain is an error here, so that it
 * can be said before anything is sent: no such provider, no key in the environment, no credentials.
 */
export function resolveProvider(id: string, sources: ProviderSources): Result<Provider> {
  const builtIn = builtInProvider(id, sources);
  const settings = builtIn ?? (Object.hasOwn(sources.providers, id) ? sources.providers[id] : undefined);
  if (settings === undefined) return err(misconfigured(`Model provider \`${id}\` not found`));
  const configured = settings.base_url ?? (settings.requires_openai_auth === true ? sources.openAiBaseUrl : undefined);
  if (configured === undefined && settings.requires_openai_auth !== true)
    return err(misconfigured(`model_providers.${id}: base_url is missing`));
  if (configured !== undefined && !isHttpAddress(configured))
    return err(misconfigured(`model_providers.${id}: base_url is not an http or https address`));
  const token = findToken(settings, sources);
  if (!token.ok) return token;
  const baseUrl = configured ?? apiBaseUrl;
  const query = settings.query_params ?? {};
  const headers = readHeaders(settings, sources.env);
  const bad = unsendable(headers, token.value);
  if (bad !== undefined) return err(misconfigured(`model_providers.${id}: ${bad} holds characters that HTTP forbids`));

  return ok({
    id,
    name: settings.name ?? id,
    // by its name, as the original tells
    isOpenAi: settings.name === "OpenAI",
    baseUrl,
    responsesUrl: responsesUrl(baseUrl, query),
    chatGptUrl: responsesUrl(configured ?? chatGptBaseUrl, query),
    headers,
    secrets: findSecrets(settings, headers),
    token: token.value,
    retries: retryLimits(settings.request_max_retries, settings.stream_max_retries),
    idleTimeoutMs: settings.stream_idle_timeout_ms ?? 300_000,
    supportsWebsockets: settings.supports_websockets ?? false,
  });
}

/** Ids that config.toml may not redefine, and what they stand for. */
function builtInProvider(id: string, sources: ProviderSources): ProviderSettings | undefined {
  switch (id) {
    case "openai":
      return {
        name: "OpenAI",
        base_url: sources.openAiBaseUrl,
        http_headers: { version: sources.version },
        env_http_headers: { "openai-organization": "OPENAI_ORGANIZATION", "openai-project": "OPENAI_PROJECT" },
        requires_openai_auth: true,
        supports_websockets: true,
      };
    case "ollama":
      return { name: "gpt-oss", base_url: localBaseUrl(sources.env, 11434) };
    case "lmstudio":
      return { name: "gpt-oss", base_url: localBaseUrl(sources.env, 1234) };
    default:
      return undefined;
  }
}

const apiBaseUrl = "https://api.openai.com/v1";

/** Where a ChatGPT login is valid. */
const chatGptBaseUrl = "https://chatgpt.com/backend-api/codex";

const localBaseUrl = (env: ProviderSources["env"], port: number): string =>
  nonEmpty(env["CODEX_OSS_BASE_URL"]) ?? `http://localhost:${nonEmpty(env["CODEX_OSS_PORT"]) ?? port}/v1`;

/** In the original's order: the environment's key, a token in the config, a command, OpenAI's credentials. */
function findToken(settings: ProviderSettings, { env, credentials }: ProviderSources): Result<Provider["token"]> {
  const { env_key, env_key_instructions, experimental_bearer_token, auth } = settings;
  if (env_key !== undefined) {
    const value = nonEmpty(env[env_key]?.trim());
    if (value === undefined) return err(fail("missingEnvironmentVariable", env_key, env_key_instructions ?? ""));
    return ok({ type: "fixed", value });
  }
  if (experimental_bearer_token !== undefined) return ok({ type: "fixed", value: experimental_bearer_token });
  if (auth !== undefined) return ok({ type: "command", command: readTokenCommand(auth) });
  if (settings.requires_openai_auth !== true) return ok({ type: "fixed", value: undefined });

  const found = credentials();
  if (!found.ok) return found;
  if (found.value === undefined) return err(fail("noCredentials", settings.name ?? "OpenAI"));
  return ok({ type: "signedIn", session: found.value });
}

const readTokenCommand = (settings: NonNullable<ProviderSettings["auth"]>): TokenCommand => ({
  argv: [settings.command ?? "", ...(settings.args ?? [])],
  cwd: settings.cwd,
  timeoutMs: settings.timeout_ms ?? 5_000,
  refreshIntervalMs: settings.refresh_interval_ms ?? 300_000,
});

function readHeaders(settings: ProviderSettings, env: ProviderSources["env"]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings.http_headers ?? {})) headers[name.toLowerCase()] = value;
  for (const [name, variable] of Object.entries(settings.env_http_headers ?? {})) {
    const value = nonEmpty(env[variable]?.trim());
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return headers;
}

/** What cannot go into a header, by name and never by value. */
function unsendable(headers: Record<string, string>, token: Provider["token"]): string | undefined {
  if (token.type === "fixed" && token.value !== undefined && !isHeaderValue(token.value)) return "the key";
  const bad = Object.entries(headers).find(
    ([name, value]) => !/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !isHeaderValue(value),
  );
  return bad && `the header ${JSON.stringify(bad[0])}`;
}

function responsesUrl(baseUrl: string, query: Record<string, string>): string {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/responses`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** Values that came from the environment, and those whose name says that they are secret. */
function findSecrets(settings: ProviderSettings, headers: Record<string, string>): string[] {
  const fromEnvironment = Object.keys(settings.env_http_headers ?? {}).map((name) => headers[name.toLowerCase()]);
  const named = [...Object.entries(headers), ...Object.entries(settings.query_params ?? {})]
    .filter(([name]) => /key|token|secret|auth|cookie|password|sig/i.test(name))
    .map(([, value]) => value);
  return [...new Set([...fromEnvironment, ...named])].filter((value) => value !== undefined);
}

const isHttpAddress = (text: string): boolean =>
  URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);

const nonEmpty = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

const misconfigured = (message: string): CodexError => ({ code: "invalidRequest", message });
