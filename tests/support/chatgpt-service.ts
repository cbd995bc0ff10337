import { interceptTls, type Interceptor, type SeenRequest } from "./intercept-tls.ts";

/** What the fake services of a ChatGPT account saw and say. */
export type ChatGptService = Interceptor & {
  /** The bodies of requests for fresh tokens. */
  refreshes(): Record<string, unknown>[];
  /** Requests to the model. */
  samplings(): SeenRequest[];
};

export type ChatGptAnswers = {
  /** `POST https://auth.openai.com/oauth/token` as JSON: the answer to a refresh. */
  refresh?: (body: Record<string, unknown>, time: number) => Response | Promise<Response>;
  /** The same as a form: the answer to a code or to a wish for an API key. */
  exchange?: (form: URLSearchParams) => Response;
  revoke?: () => Response;
  /** `POST …/responses`; a short greeting where nothing is said. */
  sample?: (request: SeenRequest, time: number) => Response;
};

/** Plays auth.openai.com and chatgpt.com. */
export async function chatGptService(answers: ChatGptAnswers = {}): Promise<ChatGptService> {
  const refreshes: Record<string, unknown>[] = [];
  const samplings: SeenRequest[] = [];
  const tls = await interceptTls({
    "auth.openai.com": (request) => {
      const path = new URL(request.url).pathname;
      if (path === "/oauth/revoke") return answers.revoke?.() ?? Response.json({});
      if (path !== "/oauth/token") return undefined;
      if (!request.headers["content-type"]?.includes("json")) {
        return (answers.exchange ?? exchanged)(new URLSearchParams(request.body));
      }
      const body = JSON.parse(request.body) as Record<string, unknown>;
      refreshes.push(body);
      return answers.refresh?.(body, refreshes.length) ?? Response.json(freshTokens(refreshes.length));
    },
    "chatgpt.com": (request) => {
      const path = new URL(request.url).pathname;
      if (path.endsWith("/wham/accounts/check")) return Response.json(accounts);
      if (path !== "/backend-api/codex/responses" || request.method !== "POST") return undefined;
      samplings.push(request);
      return answers.sample?.(request, samplings.length) ?? greeting();
    },
    "ab.chatgpt.com": () => Response.json({}),
  });
  return { ...tls, refreshes: () => refreshes, samplings: () => samplings };
}

const claims = "https://api.openai.com/auth";

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token that nobody has signed; `seconds` from now until it ends, for ever where nothing is said. */
export function jwt(
  seconds: number | undefined,
  more: { account?: string; mark?: string; fedramp?: boolean } = {},
): string {
  const { account = "acct-1", mark = "", fedramp = false } = more;
  return [
    encoded({ alg: "none", typ: "JWT" }),
    encoded({
      mark,
      email: "ada@example.com",
      ...(seconds === undefined ? {} : { exp: Math.floor(Date.now() / 1000) + seconds }),
      [claims]: {
        chatgpt_account_id: account,
        chatgpt_user_id: "user-1",
        chatgpt_plan_type: "pro",
        chatgpt_account_is_fedramp: fedramp,
      },
    }),
    "signature",
  ].join(".");
}

/** auth.json of somebody whose token ends in so many seconds. */
export const storedLogin = (
  seconds: number | undefined,
  more: Parameters<typeof jwt>[1] & { lastRefresh?: string } = {},
) => ({
  auth_mode: "chatgpt",
  OPENAI_API_KEY: null,
  tokens: {
    id_token: jwt(seconds, more),
    access_token: jwt(seconds, { ...more, mark: more.mark ?? "stored" }),
    refresh_token: "rt-stored",
    account_id: more.account ?? "acct-1",
  },
  last_refresh: more.lastRefresh ?? new Date().toISOString(),
});

/** What a refresh brings, the `time`-th. */
export const freshTokens = (time: number) => ({
  id_token: jwt(4000),
  access_token: jwt(4000, { mark: `fresh-${time}` }),
  refresh_token: `rt-fresh-${time}`,
});

/** What a code brings, and after it an API key. */
export const exchanged = (form: URLSearchParams): Response =>
  form.get("grant_type") === "authorization_code"
    ? Response.json({
        id_token: jwt(4000),
        access_token: jwt(4000, { mark: "signed-in" }),
        refresh_token: "rt-signed-in",
      })
    : Response.json({ access_token: "sk-exchanged" });

export const refused = (code: string, status = 401): Response => Response.json({ error: { code } }, { status });

export const unauthorized = (): Response => Response.json({ error: { message: "bad token" } }, { status: 401 });

const accounts = {
  accounts: [
    { id: "acct-1", workspace_backend_origin: "https://chatgpt.com", account_routing_override: "NO_CONSTRAINT" },
    { id: "acct-2", workspace_backend_origin: "https://chatgpt.com", account_routing_override: "NO_CONSTRAINT" },
    // A government's.
    { id: "acct-7", workspace_backend_origin: "https://chatgpt.com", account_routing_override: "us_cr" },
  ],
};

/** A turn's whole answer: one short message. */
export function greeting(): Response {
  const item = { type: "message", id: "m", role: "assistant", content: [{ type: "output_text", text: "hello" }] };
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
  const events = [
    { type: "response.created", response: { id: "r" } },
    { type: "response.output_item.done", item },
    { type: "response.completed", response: { id: "r", usage } },
  ];
  const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
  return new Response(text, { headers: { "content-type": "text/event-stream" } });
}
