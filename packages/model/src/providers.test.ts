import { describe, expect, test } from "bun:test";
import { err, ok } from "@codex/protocol/result";
import { fixedToken } from "./token-source.ts";
import { type ProviderSettings, type ProviderSources, resolveProvider } from "./providers.ts";

const nobody = () => ok(undefined);

const sources = (changes: Partial<ProviderSources> = {}): ProviderSources => ({
  providers: {},
  openAiBaseUrl: undefined,
  env: {},
  credentials: nobody,
  version: "1.2.3",
  ...changes,
});

/** Resolves a provider `m` of these settings. */
const custom = (settings: ProviderSettings, changes: Partial<ProviderSources> = {}) =>
  resolveProvider(
    "m",
    sources({ providers: { m: { name: "Mine", base_url: "http://h/v1", ...settings } }, ...changes }),
  );

const messageOf = (result: ReturnType<typeof custom>) => (result.ok ? undefined : result.error.message);
const tokenOf = (result: ReturnType<typeof custom>) => (result.ok ? result.value.token : undefined);

describe("resolveProvider", () => {
  const session = { startTurn: () => fixedToken("sk-1") };
  const signedIn = { credentials: () => ok(session) };

  test("knows OpenAI", () => {
    const env = { OPENAI_ORGANIZATION: "org-1", OPENAI_PROJECT: "" };
    expect(resolveProvider("openai", sources({ ...signedIn, env }))).toEqual(
      ok({
        id: "openai",
        name: "OpenAI",
        isOpenAi: true,
        baseUrl: "https://api.openai.com/v1",
        responsesUrl: "https://api.openai.com/v1/responses",
        chatGptUrl: "https://chatgpt.com/backend-api/codex/responses",
        headers: { version: "1.2.3", "openai-organization": "org-1" },
        secrets: ["org-1"],
        token: { type: "signedIn", session },
        retries: { connect: 6, request: 5, stream: 5 },
        idleTimeoutMs: 300_000,
        supportsWebsockets: true,
      }),
    );
  });

  test("lets openai_base_url move OpenAI", () => {
    const moved = resolveProvider("openai", sources({ ...signedIn, openAiBaseUrl: "http://proxy/yy/" }));
    expect(moved).toMatchObject({
      value: { responsesUrl: "http://proxy/yy/responses", chatGptUrl: "http://proxy/yy/responses" },
    });
  });

  test("fails without credentials before anything is sent", () => {
    const message = "No credentials for OpenAI. Run `codex login`, or set CODEX_API_KEY to an API key.";
    expect(resolveProvider("openai", sources())).toEqual(err({ code: "noCredentials", message }));
    expect(messageOf(custom({ requires_openai_auth: true }))).toStartWith("No credentials for Mine. ");
    expect(messageOf(custom({ env_key: "K" }))).toBe("Missing environment variable: `K`.");
    expect(messageOf(custom({ env_key: "K", env_key_instructions: "Ask Bo." }, { env: { K: " " } }))).toBe(
      "Missing environment variable: `K`. Ask Bo.",
    );
  });

  test("finds the token in the original's order", () => {
    const all: ProviderSettings = { env_key: "K", experimental_bearer_token: "b", requires_openai_auth: true };
    expect(tokenOf(custom(all, { env: { K: "k\n" } }))).toEqual({ type: "fixed", value: "k" });
    expect(tokenOf(custom({ ...all, env_key: undefined }))).toEqual({ type: "fixed", value: "b" });
    expect(tokenOf(custom({ requires_openai_auth: true }, signedIn))).toEqual({ type: "signedIn", session });
    expect(tokenOf(custom({}))).toEqual({ type: "fixed", value: undefined });
    expect(tokenOf(custom({ auth: { command: "t", args: ["-v"] } }))).toEqual({
      type: "command",
      command: { argv: ["t", "-v"], cwd: undefined, timeoutMs: 5_000, refreshIntervalMs: 300_000 },
    });
  });

  test("takes addresses, headers and limits from the config", () => {
    const found = custom(
      {
        base_url: "https://h/openai/?a=1",
        query_params: { "api-version": "2026-01-01", "api-key": "q-secret" },
        http_headers: { "X-Tier": "gold", Cookie: "c-secret" },
        env_http_headers: { "X-Team": "TEAM", "X-None": "NONE" },
        request_max_retries: 1,
        stream_max_retries: 2,
        stream_idle_timeout_ms: 9,
      },
      { env: { TEAM: "e-secret" } },
    );
    expect(found.ok && found.value).toMatchObject({
      responsesUrl: "https://h/openai/responses?a=1&api-version=2026-01-01&api-key=q-secret",
      headers: { "x-tier": "gold", cookie: "c-secret", "x-team": "e-secret" },
      secrets: ["e-secret", "c-secret", "q-secret"],
      retries: { connect: 1, request: 2, stream: 2 },
      idleTimeoutMs: 9,
      isOpenAi: false,
    });
  });

  test("refuses what can never work, without quoting secrets", () => {
    expect(messageOf(resolveProvider("zzz", sources()))).toBe("Model provider `zzz` not found");
    expect(messageOf(resolveProvider("constructor", sources()))).toBe("Model provider `constructor` not found");
    expect(messageOf(custom({ base_url: undefined }))).toBe("model_providers.m: base_url is missing");
    expect(messageOf(custom({ base_url: "nonsense" }))).toBe(
      "model_providers.m: base_url is not an http or https address",
    );
    expect(messageOf(custom({ experimental_bearer_token: "a\u2028b" }))).toBe(
      "model_providers.m: the key holds characters that HTTP forbids",
    );
    expect(messageOf(custom({ http_headers: { "X-A": "a\nb" } }))).toBe(
      'model_providers.m: the header "x-a" holds characters that HTTP forbids',
    );
  });

  test("knows the local servers", () => {
    const baseUrl = (id: string, env: Record<string, string>) => {
      const found = resolveProvider(id, sources({ env }));
      return found.ok && found.value.baseUrl;
    };
    expect(baseUrl("ollama", {})).toBe("http://localhost:11434/v1");
    expect(baseUrl("lmstudio", { CODEX_OSS_PORT: "99" })).toBe("http://localhost:99/v1");
    expect(baseUrl("ollama", { CODEX_OSS_BASE_URL: "http://o/v1" })).toBe("http://o/v1");
  });
});
