import { exchanged, freshTokens, greeting } from "./chatgpt-service.ts";

/** A request that came to the played services. */
export type SeenCall = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
};

export type AccountService = AsyncDisposable & {
  readonly url: string;
  /** In the order in which they came. */
  readonly seen: SeenCall[];
  /** Those whose path ends so. */
  calls(ending: string): SeenCall[];
  /** What a path that ends so is answered from now on. */
  answer(ending: string, answer: (call: SeenCall) => Response | Promise<Response>): void;
  /** Leads a program here with everything that an account needs, the model included. */
  readonly env: Readonly<Record<string, string>>;
  /** The same in config.toml; `keys` go to the top. */
  config(keys?: string): string;
};

const routes: Readonly<Record<string, (call: SeenCall) => Response>> = {
  "/oauth/token": ({ body }) =>
    body.startsWith("{") ? Response.json(freshTokens(1)) : exchanged(new URLSearchParams(body)),
  "/oauth/revoke": () => Response.json({}),
  "/deviceauth/usercode": () => Response.json({ device_auth_id: "d", user_code: "ABCD-1234", interval: "0" }),
  "/deviceauth/token": () => Response.json({ authorization_code: "code", code_challenge: "cc", code_verifier: "cv" }),
  "/wham/accounts/check": () =>
    Response.json({
      accounts: ["acct-1", "acct-2"].map((id) => ({
        id,
        workspace_backend_origin: "https://chatgpt.com",
        account_routing_override: "NO_CONSTRAINT",
        name: `Workspace of ${id}`,
      })),
    }),
  "/wham/usage": () => Response.json(usage),
  "/wham/rate-limit-reset-credits": () => Response.json({ available_count: 0, credits: [] }),
  "/responses": greeting,
};

const usage = {
  user_id: "user-1",
  account_id: "acct-1",
  plan_type: "pro",
  rate_limit: {
    allowed: true,
    limit_reached: false,
    primary_window: { used_percent: 42, limit_window_seconds: 17_999, reset_after_seconds: 1, reset_at: 1_790_000_000 },
    secondary_window: null,
  },
  credits: { has_credits: true, unlimited: false, balance: "12.5" },
};

/** Plays the sign-in service, ChatGPT's own and the model, at addresses that an app server can be led to. */
export function accountService(): AccountService {
  const seen: SeenCall[] = [];
  const answers = new Map<string, (call: SeenCall) => Response | Promise<Response>>(Object.entries(routes));
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      const bytes = new Uint8Array(await request.arrayBuffer());
      const plain = request.headers.get("content-encoding") === "zstd" ? Bun.zstdDecompressSync(bytes) : bytes;
      const call = {
        method: request.method,
        path: pathname,
        headers: request.headers,
        body: new TextDecoder().decode(plain),
      };
      seen.push(call);
      // The model's address is asked with GET only by who tries a WebSocket first.
      const ending = [...answers.keys()].find((each) => pathname.endsWith(each));
      const isUpgrade = pathname.endsWith("/responses") && request.method === "GET";
      return (
        (ending !== undefined && !isUpgrade && (await answers.get(ending)?.(call))) ||
        Response.json({}, { status: 404 })
      );
    },
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    seen,
    calls: (ending) => seen.filter(({ path }) => path.endsWith(ending)),
    answer: (ending, answer) => void answers.set(ending, answer),
    env: {
      CODEX_APP_SERVER_LOGIN_ISSUER: url,
      CODEX_REFRESH_TOKEN_URL_OVERRIDE: `${url}/oauth/token`,
      // Whatever goes anywhere else goes nowhere.
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "127.0.0.1",
    },
    config: (keys = "") =>
      [
        `chatgpt_base_url = "${url}/backend-api/"`,
        'model_provider = "account"',
        'sandbox_mode = "danger-full-access"',
        keys,
        "[model_providers.account]",
        'name = "account"',
        // Another address than ChatGPT's, so that no workspace moves it.
        `base_url = "${url.replace("127.0.0.1", "localhost")}/v1"`,
        'wire_api = "responses"',
        "requires_openai_auth = true",
        "supports_websockets = false",
        "request_max_retries = 0",
        "stream_max_retries = 0",
      ].join("\n"),
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
