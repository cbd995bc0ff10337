// Signing in and out through `codex app-server`, over services that are played.
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type JsonObject } from "@codex/protocol/json";
import { workspace } from "@codex/scripted-model/testing";
import { accountService, type AccountService } from "./support/account-service.ts";
import { socketServer, stdioServer, type StdioServer, type WireClient } from "./support/app-server-process.ts";
import { greeting, jwt, storedLogin, unauthorized } from "./support/chatgpt-service.ts";
import { loginPorts } from "./support/login-ports.ts";

type Workspace = Awaited<ReturnType<typeof workspace>>;
type Place = AsyncDisposable & { app: StdioServer; ws: Workspace; service: AccountService };

async function place(options: { keys?: string; stored?: unknown; config?: string } = {}): Promise<Place> {
  const ws = await workspace({}, { git: false });
  const service = accountService();
  if (options.stored !== undefined) await Bun.write(authFile(ws), JSON.stringify(options.stored));
  const config = options.config ?? service.config(options.keys);
  const app = await stdioServer({ ws, config, env: service.env });
  await app.hello("editor");
  return {
    app,
    ws,
    service,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
      await ws[Symbol.asyncDispose]();
    },
  };
}

/** ms for a test that waits for its turn at the ports of the machine. */
const patience = 60_000;

const authFile = (ws: Workspace): string => join(ws.codexHome, "auth.json");
const storedText = (ws: Workspace): string | undefined =>
  existsSync(authFile(ws)) ? readFileSync(authFile(ws), "utf8") : undefined;

/** What came since `from`, by what it is. */
const since = (client: WireClient, from: number): unknown[] =>
  client.heard.slice(from).map(({ method, params }) => (method === undefined ? "answer" : [method, params]));

const completed = (loginId: string | null, error: string | null = null) => [
  "account/login/completed",
  { loginId, success: error === null, error, onboardingEntrypoint: null },
];
const updated = (authMode: string | null, planType: string | null = null) => [
  "account/updated",
  { authMode, planType },
];

const untilCompleted = (client: WireClient, loginId: unknown) =>
  client.untilMethod("account/login/completed", (params) => params["loginId"] === loginId);
const untilMode = (client: WireClient, authMode: string | null) =>
  client.untilMethod("account/updated", (params) => params["authMode"] === authMode);
const errorOf = (answer: JsonObject) => (isObject(answer["error"]) ? answer["error"] : {});

const ada = { type: "chatgpt", email: "ada@example.com", planType: "pro" };

/** Comes back from the service as a browser does. */
async function comeBack(started: JsonObject, query: string): Promise<Response> {
  const url = new URL(String(started["authUrl"]));
  const state = url.searchParams.get("state");
  return fetch(`${url.searchParams.get("redirect_uri")}?${query}&state=${state}`, { redirect: "manual" });
}

const portOf = (started: JsonObject): number =>
  Number(new URL(new URL(String(started["authUrl"])).searchParams.get("redirect_uri") ?? "").port);

async function turn(client: WireClient, threadId: string): Promise<JsonObject> {
  const { turn: begun } = (await client.must("turn/start", {
    threadId,
    input: [{ type: "text", text: "hi" }],
  })) as { turn: { id: string } };
  const done = await client.untilMethod(
    "turn/completed",
    (params) => (params["turn"] as JsonObject)["id"] === begun.id,
  );
  return (done["params"] as JsonObject)["turn"] as JsonObject;
}

async function newThread(client: WireClient): Promise<string> {
  return ((await client.must("thread/start", {})) as { thread: { id: string } }).thread.id;
}

describe("an API key", () => {
  test.concurrent("is stored, and forgotten again; the answer comes before the news", async () => {
    await using at = await place();
    const { app, ws } = at;
    expect(await app.must("account/read", {})).toEqual({
      account: null,
      userId: null,
      requiresOpenaiAuth: true,
      workspaceRouting: null,
    });
    let from = app.heard.length;
    expect(await app.must("account/login/start", { type: "apiKey", apiKey: " sk-one\n" })).toEqual({ type: "apiKey" });
    await untilMode(app, "apikey");
    expect(since(app, from)).toEqual(["answer", completed(null), updated("apikey")]);
    expect(JSON.parse(storedText(ws) ?? "")).toEqual({ auth_mode: "apikey", OPENAI_API_KEY: "sk-one" });
    expect((await app.must("account/read", {}))["account"]).toEqual({ type: "apiKey" });
    expect(await app.must("getAuthStatus", { includeToken: true })).toEqual({
      authMethod: "apikey",
      authToken: "sk-one",
      requiresOpenaiAuth: true,
    });
    expect((await app.must("getAuthStatus", {}))["authToken"]).toBeNull();
    expect(errorOf(await app.ask("account/rateLimits/read"))).toMatchObject({
      code: -32600,
      message: "chatgpt authentication required to read rate limits",
    });
    from = app.heard.length;
    expect(await app.must("account/logout")).toEqual({});
    await untilMode(app, null);
    expect(since(app, from)).toEqual(["answer", updated(null)]);
    expect(storedText(ws)).toBeUndefined();
    expect(errorOf(await app.ask("account/rateLimits/read"))["message"]).toBe(
      "codex account authentication required to read rate limits",
    );
  });

  test.concurrent("that no header can carry is refused, and what was stored stays", async () => {
    await using at = await place({ stored: { auth_mode: "apikey", OPENAI_API_KEY: "sk-old" } });
    for (const apiKey of ["", "  ", "a b", "sk-\u0001"]) {
      const answer = await at.app.ask("account/login/start", { type: "apiKey", apiKey });
      expect(errorOf(answer)["code"]).toBe(-32600);
    }
    expect(storedText(at.ws)).toContain("sk-old");
  });

  test.concurrent("is no account where the provider takes none", async () => {
    await using at = await place({
      config: 'model_provider = "other"\n[model_providers.other]\nname = "other"\nbase_url = "http://127.0.0.1:9"\n',
      stored: { auth_mode: "apikey", OPENAI_API_KEY: "sk-old" },
    });
    expect(await at.app.must("account/read", {})).toMatchObject({ account: null, requiresOpenaiAuth: false });
    expect(await at.app.must("getAuthStatus", { includeToken: true })).toEqual({
      authMethod: null,
      authToken: null,
      requiresOpenaiAuth: false,
    });
  });
});

describe("ChatGPT", () => {
  test.concurrent(
    "in the browser: one sign-in at a time, and every end of it is told",
    async () => {
      using ports = await loginPorts();
      await using at = await place();
      const { app, ws, service } = at;
      expect(errorOf(await app.ask("account/login/cancel", { loginId: "nope" }))["message"]).toBe(
        "invalid login id: nope",
      );
      expect(await app.must("account/login/cancel", { loginId: crypto.randomUUID() })).toEqual({ status: "notFound" });

      const first = await app.must("account/login/start", { type: "chatgpt" });
      expect(String(first["authUrl"])).toStartWith(`${service.url}/oauth/authorize?response_type=code&client_id=app_`);
      expect(new URL(String(first["authUrl"])).searchParams.get("originator")).toBe("editor");
      expect(ports.numbers).toContain(portOf(first));
      const second = await app.must("account/login/start", { type: "chatgpt" });
      await untilCompleted(app, first["loginId"]);
      let from = app.heard.length;
      expect(await app.must("account/login/cancel", { loginId: second["loginId"] })).toEqual({ status: "canceled" });
      await untilCompleted(app, second["loginId"]);
      const notCompleted = "Login server error: Login was not completed";
      expect(since(app, from)).toEqual(["answer", completed(String(second["loginId"]), notCompleted)]);

      const refused = await app.must("account/login/start", { type: "chatgpt" });
      await comeBack(refused, "error=access_denied&error_description=You+said+no");
      const { params } = (await untilCompleted(app, refused["loginId"])) as { params: JsonObject };
      expect(params["error"]).toBe("Login server error: Sign-in failed: You said no");
      expect(storedText(ws)).toBeUndefined();

      const taken = await app.must("account/login/start", { type: "chatgpt" });
      from = app.heard.length;
      const back = await comeBack(taken, "code=the-code");
      await fetch(back.headers.get("location") ?? "");
      await untilMode(app, "chatgpt");
      expect(since(app, from)).toEqual([completed(String(taken["loginId"])), updated("chatgpt", "pro")]);
      expect(storedText(ws)).toContain("rt-signed-in");
      expect(service.calls("/oauth/revoke")).toHaveLength(0);

      // The app's own page in the end, and the old login revoked once the new one is there.
      const hosted = await app.must("account/login/start", {
        type: "chatgpt",
        useHostedLoginSuccessPage: true,
        appBrand: "chatgpt",
      });
      const away = await comeBack(hosted, "code=the-code");
      expect(away.headers.get("location")).toBe("https://chatgpt.com/codex/open-app?source=login&app_brand=chatgpt");
      expect(await untilCompleted(app, hosted["loginId"])).toMatchObject({ params: { success: true } });
    },
    patience,
  );

  test.concurrent(
    "in the browser: a server that ends leaves nothing of a sign-in that waits",
    async () => {
      using ports = await loginPorts();
      await using at = await place();
      const { app, ws } = at;
      const started = await app.must("account/login/start", { type: "chatgpt" });
      expect(ports.numbers).toContain(portOf(started));
      expect(existsSync(join(ws.codexHome, "login-cancel.json"))).toBe(true);
      await app.end();
      expect(await untilCompleted(app, started["loginId"])).toMatchObject({ params: { success: false } });
      expect(await app.exited).toBe(0);
      expect(existsSync(join(ws.codexHome, "login-cancel.json"))).toBe(false);
    },
    patience,
  );

  test.concurrent("by a code typed elsewhere, with the limits of the account", async () => {
    await using at = await place();
    const { app, ws, service } = at;
    service.answer("/deviceauth/token", () => Response.json({}, { status: 403 }));
    const waiting = await app.must("account/login/start", { type: "chatgptDeviceCode" });
    expect(waiting).toMatchObject({ verificationUrl: `${service.url}/codex/device`, userCode: "ABCD-1234" });
    // Any other login ends it, and so does signing out.
    await app.must("account/login/start", { type: "apiKey", apiKey: "sk-one" });
    const { params } = (await untilCompleted(app, waiting["loginId"])) as { params: JsonObject };
    expect(params["error"]).toBe("Login was not completed");
    expect(await app.must("account/login/cancel", { loginId: waiting["loginId"] })).toEqual({ status: "notFound" });

    service.answer("/deviceauth/token", () => Response.json({ authorization_code: "c", code_verifier: "v" }));
    await app.must("account/login/start", { type: "chatgptDeviceCode" });
    await untilMode(app, "chatgpt");
    expect(await app.must("account/read", {})).toEqual({
      account: { ...ada, workspaceName: "Workspace of acct-1" },
      userId: "user-1",
      requiresOpenaiAuth: true,
      workspaceRouting: {
        chatgptAccountId: "acct-1",
        backendOrigin: "https://chatgpt.com",
        accountRoutingOverride: "NO_CONSTRAINT",
      },
    });
    expect(await app.must("account/rateLimits/read")).toMatchObject({
      ordinaryUsageAllowed: true,
      rateLimits: { primary: { usedPercent: 42, windowDurationMins: 300 }, credits: { balance: "12.5" } },
      accountId: "acct-1",
    });
    const [asked] = service.calls("/wham/usage");
    expect(asked?.headers.get("chatgpt-account-id")).toBe("acct-1");
    await app.must("account/logout");
    expect(service.calls("/oauth/revoke").map(({ body }) => JSON.parse(body).token)).toEqual(["rt-signed-in"]);
    expect(storedText(ws)).toBeUndefined();
  });

  test.concurrent("is known from its tokens while the service does not say where the workspace is", async () => {
    await using at = await place({ stored: storedLogin(4000) });
    at.service.answer("/wham/accounts/check", () => Response.json({}, { status: 500 }));
    expect(await at.app.must("account/read", {})).toMatchObject({
      account: { ...ada, workspaceName: null },
      userId: "user-1",
      workspaceRouting: null,
    });
  });

  test.concurrent("that is refused for good is not asked about again, and the client is told why", async () => {
    await using at = await place({ stored: storedLogin(4000) });
    const { app, ws, service } = at;
    service.answer("/oauth/token", () => Response.json({ error: { code: "refresh_token_reused" } }, { status: 401 }));
    const reason =
      "Your access token could not be refreshed because your refresh token was already used. Please log out and sign in again.";
    for (let poll = 0; poll < 20; poll++) {
      expect(await app.must("getAuthStatus", { includeToken: true, refreshToken: true })).toEqual({
        authMethod: "chatgpt",
        authToken: null,
        requiresOpenaiAuth: true,
      });
      expect(await app.must("account/read", { refreshToken: true })).toMatchObject({
        account: null,
        userId: null,
        needsLogin: { reason },
      });
    }
    expect(service.calls("/oauth/token").map(({ body }) => JSON.parse(body).refresh_reason)).toEqual(["forced"]);
    // Somebody signs in elsewhere.
    await Bun.write(authFile(ws), JSON.stringify(storedLogin(5000)));
    expect((await app.must("account/read", {}))["account"]).toMatchObject(ada);
  });
});

describe("a client's own tokens", () => {
  const made = new Map<string, string>();
  /** The same each time, although a token tells the second in which it ends. */
  const tokens = (account: string, mark: string) => {
    const accessToken = made.get(`${account} ${mark}`) ?? jwt(4000, { account, mark });
    made.set(`${account} ${mark}`, accessToken);
    return { accessToken, chatgptAccountId: account };
  };
  const start = (account: string, mark: string) => ({ type: "chatgptAuthTokens", ...tokens(account, mark) });

  test.concurrent("stay in memory, keep other logins out, and go with the logout", async () => {
    await using at = await place({ stored: { auth_mode: "apikey", OPENAI_API_KEY: "sk-stored" } });
    const { app, ws, service } = at;
    expect(
      errorOf(await app.ask("account/login/start", { ...start("acct-1", "a"), accessToken: "no-jwt" })),
    ).toMatchObject({
      code: -32603,
      message: "failed to set external auth: invalid ID token format",
    });
    const from = app.heard.length;
    await app.must("account/login/start", { ...start("acct-1", "a"), chatgptPlanType: "business" });
    await untilMode(app, "chatgptAuthTokens");
    expect(since(app, from)).toEqual(["answer", completed(null), updated("chatgptAuthTokens", "business")]);
    for (const type of ["chatgpt", "chatgptDeviceCode"]) {
      expect(errorOf(await app.ask("account/login/start", { type }))["message"]).toStartWith(
        "External auth is active.",
      );
    }
    expect(errorOf(await app.ask("account/login/start", { type: "apiKey", apiKey: "sk-x" }))["code"]).toBe(-32600);
    const told = await app.must("getAuthStatus", { includeToken: true, refreshToken: true });
    expect(told).toMatchObject({ authMethod: "chatgptAuthTokens", authToken: tokens("acct-1", "a").accessToken });
    await app.must("account/login/start", start("acct-2", "b"));
    expect((await app.must("account/read", { refreshToken: true }))["account"]).toMatchObject({
      workspaceName: "Workspace of acct-2",
    });
    expect(service.calls("/oauth/token")).toHaveLength(0);
    expect(readFileSync(authFile(ws), "utf8")).toBe('{"auth_mode":"apikey","OPENAI_API_KEY":"sk-stored"}');
    await app.must("account/logout");
    expect((await app.must("account/read", {}))["account"]).toBeNull();
  });

  test.concurrent("are renewed by the client that brought them, asked once for each refusal", async () => {
    await using ws = await workspace({}, { git: false });
    await using service = accountService();
    await using server = await socketServer({ ws, config: service.config(), env: service.env });
    const owner = await server.connect("owner");
    const other = await server.connect("other");
    await owner.must("account/login/start", start("acct-1", "old"));
    const threadId = await newThread(other);
    const questions = () => owner.heard.filter((message) => message["method"] === "account/chatgptAuthTokens/refresh");

    const valid = new Set<string>();
    service.answer("/responses", ({ headers }) =>
      valid.has(headers.get("authorization") ?? "") ? greeting() : unauthorized(),
    );
    const running = turn(other, threadId);
    const asked = await owner.untilMethod("account/chatgptAuthTokens/refresh");
    expect(asked["params"]).toEqual({ reason: "unauthorized", previousAccountId: "acct-1" });
    const fresh = { ...tokens("acct-1", "new"), chatgptPlanType: null };
    valid.add(`Bearer ${fresh.accessToken}`);
    owner.send({ id: asked["id"], result: fresh });
    expect((await running)["status"]).toBe("completed");
    expect(service.calls("/responses").map(({ headers }) => headers.get("chatgpt-account-id"))).toEqual([
      "acct-1",
      "acct-1",
    ]);

    // What the client says of its failure is what the person reads, at once.
    valid.clear();
    const failing = turn(other, threadId);
    await owner.until((message) => "id" in message && questions().length === 2 && message === questions()[1]);
    owner.send({ id: questions()[1]?.["id"], error: { code: -32000, message: "the vault is closed" } });
    expect((await failing)["error"]).toMatchObject({ message: "auth refresh request failed: the vault is closed" });
    expect(questions()).toHaveLength(2);

    // Nobody else can answer for a client that has left.
    owner.close();
    await owner.closed;
    const alone = await turn(other, threadId);
    expect(alone["error"]).toMatchObject({
      message: "The client that brought the ChatGPT tokens has left. Sign in again.",
    });
    expect(other.heard.filter((message) => message["method"] === "account/chatgptAuthTokens/refresh")).toEqual([]);
  });

  test.concurrent("belong to the workspaces that the config allows, when they come and when they are renewed", async () => {
    await using at = await place({ keys: 'forced_chatgpt_workspace_id = ["acct-1"]\nforced_login_method = "chatgpt"' });
    const { app, service } = at;
    expect(errorOf(await app.ask("account/login/start", start("acct-9", "a")))).toMatchObject({
      code: -32600,
      message: 'External auth must use one of workspace(s) ["acct-1"], but received "acct-9".',
    });
    expect(errorOf(await app.ask("account/login/start", { type: "apiKey", apiKey: "sk" }))["message"]).toBe(
      "API key login is disabled. Use ChatGPT login instead.",
    );
    await app.must("account/login/start", start("acct-1", "a"));
    const threadId = await newThread(app);
    service.answer("/responses", unauthorized);
    const running = turn(app, threadId);
    const asked = await app.untilMethod("account/chatgptAuthTokens/refresh");
    app.send({ id: asked["id"], result: tokens("acct-9", "b") });
    const { message } = (await running)["error"] as { message: string };
    expect(message).toStartWith(
      "Login is restricted to workspace(s) acct-1, but current credentials belong to acct-9.",
    );
    expect((await app.must("getAuthStatus", { includeToken: true }))["authToken"]).toBe(
      tokens("acct-1", "a").accessToken,
    );
  });

  test.concurrent("are not taken where only API keys are", async () => {
    await using at = await place({ keys: 'forced_login_method = "api"' });
    for (const params of [start("acct-1", "a"), { type: "chatgpt" }, { type: "chatgptDeviceCode" }]) {
      expect(errorOf(await at.app.ask("account/login/start", params))["message"]).toEndWith(
        "is disabled. Use API key login instead.",
      );
    }
  });
});

test.concurrent(
  "older clients sign in and out by the names they know, and hear of it by those",
  async () => {
    using ports = await loginPorts();
    await using ws = await workspace({}, { git: false });
    await using service = accountService();
    await using server = await socketServer({ ws, config: service.config(), env: service.env });
    const app = await server.connect("old");
    const modern = await server.connect("new");
    const old = (client: WireClient) =>
      client.heard.flatMap(({ method, params }) => (/^(auth|login)/.test(String(method)) ? [[method, params]] : []));

    expect(errorOf(await app.ask("loginApiKey", {}))["message"]).toBe("Invalid request: missing field `apiKey`");
    let from = app.heard.length;
    expect(await app.must("loginApiKey", { apiKey: "sk-old-client" })).toEqual({});
    await app.untilMethod("authStatusChange");
    expect(since(app, from)).toEqual([
      "answer",
      completed(null),
      updated("apikey"),
      ["authStatusChange", { authMethod: "apikey" }],
    ]);
    expect(await app.must("logoutChatGpt")).toEqual({});
    await app.untilMethod("authStatusChange", ({ authMethod }) => authMethod === null);

    const nobody = crypto.randomUUID();
    expect(errorOf(await app.ask("cancelLoginChatGpt", { loginId: nobody }))).toMatchObject({
      code: -32600,
      message: `login id not found: ${nobody}`,
    });
    const given = await app.must("loginChatGpt");
    expect(await app.must("cancelLoginChatGpt", { loginId: given["loginId"] })).toEqual({});
    const done = await app.untilMethod("loginChatGptComplete");
    expect(done["params"]).toEqual({
      loginId: String(given["loginId"]),
      success: false,
      error: "Login server error: Login was not completed",
    });
    const taken = await app.must("loginChatGpt");
    expect(Object.keys(taken).toSorted()).toEqual(["authUrl", "loginId"]);
    expect(ports.numbers).toContain(portOf(taken));
    from = old(app).length;
    await fetch((await comeBack(taken, "code=c")).headers.get("location") ?? "");
    await app.untilMethod("authStatusChange", ({ authMethod }) => authMethod === "chatgpt");
    expect(old(app).slice(from)).toEqual([
      ["loginChatGptComplete", { loginId: String(taken["loginId"]), success: true, error: null }],
      ["authStatusChange", { authMethod: "chatgpt" }],
    ]);

    // Who does not use the old names does not hear them.
    await untilMode(modern, "chatgpt");
    await modern.must("account/read", {});
    expect(old(modern)).toEqual([]);
  },
  patience,
);
