// No secret in anything that is written: recognisable ones are put wherever secrets are kept, every face is run over services
// that quote what they were sent, and all that was printed or written is searched.
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { JsonObject } from "@codex/protocol/json";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { accountService, type AccountService, type SeenCall } from "./support/account-service.ts";
import { stdioServer } from "./support/app-server-process.ts";
import { filesBelow, findSecrets, secretOf, type Secrets } from "./support/find-secrets.ts";
import { loginPorts } from "./support/login-ports.ts";
import { startProxy } from "./support/proxy-process.ts";

type Workspace = Awaited<ReturnType<typeof workspace>>;

/** ms for a test that waits for its turn at the ports of the machine. */
const patience = 60_000;

const trace = { RUST_LOG: "trace", RUST_BACKTRACE: "1" };

/** Where people and programs of the tests have put secrets themselves. */
const isInput = (path: string): boolean =>
  /^(codex-home\/(auth\.json|config\.toml)|inputs\/.*|project\/\.git\/.*)$/.test(path);

const leaks = (secrets: Secrets, ws: Workspace, printed: Record<string, string>): string[] =>
  findSecrets(secrets, { ...filesBelow(ws.root, isInput), ...printed });

const printed = (name: string, { stdout, stderr }: { stdout: string; stderr: string }): Record<string, string> => ({
  [`${name}: stdout`]: stdout,
  [`${name}: stderr`]: stderr,
});

/** A token whose signature is the secret part, and short, so that a quotation that is cut off still holds it. */
const signed = (signature: string): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { "https://api.openai.com/auth": { chatgpt_account_id: "acct-1" } };
  return `${part({ alg: "none" })}.${part(claims)}.${Buffer.from(signature).toString("hex")}`;
};

/** What a service answers that quotes all it was sent. */
const quote =
  (status: number) =>
  ({ headers, body }: SeenCall): Response => {
    const sent = `${headers.get("authorization")} ${body.slice(0, 4000)} ${decodeURIComponent(body.slice(0, 4000))}`;
    return Response.json(
      { error: { message: `bad: ${sent}`, code: "odd" }, error_description: `bad: ${sent}` },
      { status },
    );
  };

function quoteEverything(service: AccountService, status: number): void {
  for (const ending of ["/oauth/token", "/oauth/revoke", "/responses", "/wham/accounts/check", "/wham/usage"]) {
    service.answer(ending, quote(status));
  }
}

const storedTokens = (secrets: Secrets) => ({
  auth_mode: "chatgpt",
  OPENAI_API_KEY: secrets["exchanged key"],
  tokens: {
    id_token: signed(secrets["id token"] ?? ""),
    access_token: signed(secrets["access token"] ?? ""),
    refresh_token: secrets["refresh token"],
    account_id: "acct-1",
  },
  last_refresh: new Date().toISOString(),
});

/** Tokens show by their signatures, which `signed` writes in hexadecimal. */
const chatGptSecrets = (): Secrets => ({
  "id token": secretOf("id-"),
  "access token": secretOf("at-sig-"),
  "refresh token": secretOf("rt_"),
  "exchanged key": secretOf("sk-proj-"),
});

describe("what is written holds no secret", () => {
  test.concurrent.each([401, 400, 500])("exec with a ChatGPT login, answered with %d", async (status) => {
    await using ws = await workspace();
    await using service = accountService();
    quoteEverything(service, status);
    const secrets = chatGptSecrets();
    await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedTokens(secrets)));
    const run = await codex.exec({
      ws,
      config: service.config(),
      env: { ...service.env, ...trace },
      args: ["--json", "hi"],
    });
    expect(run.exitCode).not.toBe(0);
    expect(service.calls("/responses").length).toBeGreaterThan(0);
    expect(leaks(secrets, ws, printed("exec", run))).toEqual([]);
  });

  test.concurrent("exec with keys and tokens of the environment", async () => {
    await using ws = await workspace();
    await using service = accountService();
    quoteEverything(service, 401);
    service.answer("/whoami", quote(401));
    const secrets = { key: secretOf("sk-proj-"), "access token": secretOf("at-") };
    const options = { ws, config: service.config(), args: ["hi"] };
    const env = { ...service.env, ...trace };
    const byKey = await codex.exec({ ...options, env: { ...env, CODEX_API_KEY: secrets.key } });
    const byToken = await codex.exec({
      ...options,
      env: { ...env, CODEX_ACCESS_TOKEN: secrets["access token"], CODEX_AUTHAPI_BASE_URL: service.url },
    });
    expect(service.seen.map(({ headers }) => headers.get("authorization"))).toEqual(
      expect.arrayContaining([`Bearer ${secrets.key}`, `Bearer ${secrets["access token"]}`]),
    );
    expect(leaks(secrets, ws, { ...printed("key", byKey), ...printed("token", byToken) })).toEqual([]);
  });

  test.concurrent("a provider with secrets of its own, and a command that prints whatever it can see", async () => {
    await using ws = await workspace();
    const secrets = {
      CODEX_API_KEY: secretOf("sk-"),
      CODEX_ACCESS_TOKEN: secretOf("at-"),
      OPENAI_API_KEY: secretOf("sk-"),
      MOCK_KEY: secretOf("mk-"),
      HEADER_SECRET: secretOf("hs-"),
      header: secretOf("hd-"),
      "MCP server's variable": secretOf("mv-"),
      "MCP server's header": secretOf("mh-"),
      "stored key": secretOf("sk-"),
    };
    const { CODEX_API_KEY, CODEX_ACCESS_TOKEN, OPENAI_API_KEY, MOCK_KEY, HEADER_SECRET } = secrets;
    await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify({ OPENAI_API_KEY: secrets["stored key"] }));
    await using server = await model.plays(
      [
        model.exec("env; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'; ls -la; true"),
        model.says("Done."),
      ],
      { check: false },
    );
    const config = [
      'sandbox_mode = "workspace-write"',
      "[mcp_servers.tools]",
      'command = "/bin/false"',
      `env = { TOOLS_TOKEN = "${secrets["MCP server's variable"]}" }`,
      "[mcp_servers.far]",
      'url = "http://127.0.0.1:9/mcp"',
      `http_headers = { "x-far" = "${secrets["MCP server's header"]}" }`,
      "[model_providers.mock.http_headers]",
      `"x-secret" = "${secrets.header}"`,
      "[model_providers.mock.env_http_headers]",
      '"x-other" = "HEADER_SECRET"',
    ].join("\n");
    const run = await codex.exec({
      ws,
      server,
      config,
      env: { ...trace, CODEX_API_KEY, CODEX_ACCESS_TOKEN, OPENAI_API_KEY, MOCK_KEY, HEADER_SECRET },
      args: ["--json", "look"],
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain("RUST_LOG=trace");
    const [request] = server.requests;
    expect(request?.headers).toMatchObject({ "x-secret": secrets.header, "x-other": HEADER_SECRET });
    expect(leaks(secrets, ws, printed("exec", run))).toEqual([]);
    const asked = JSON.stringify(server.requests.map(({ body }) => body));
    expect(findSecrets(secrets, { "what the model read": asked })).toEqual([]);
  });

  test.concurrent.each(["SIGSEGV", "SIGABRT", "SIGQUIT"] as const)("a run that dies of %s", async (signal) => {
    await using ws = await workspace();
    await using service = accountService();
    const secrets = chatGptSecrets();
    const reached = Promise.withResolvers<void>();
    const never = Promise.withResolvers<Response>();
    service.answer("/responses", () => {
      reached.resolve();
      return never.promise;
    });
    await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedTokens(secrets)));
    await using running = await codex.spawn({
      ws,
      config: service.config(),
      env: { ...service.env, ...trace },
      args: ["hi"],
    });
    await reached.promise;
    running.signal(signal);
    const run = await running.finish();
    never.resolve(Response.json({}));
    expect(leaks(secrets, ws, printed("exec", run))).toEqual([]);
  });

  test.concurrent(
    "the app server through every way to sign in, over services that quote what they are sent",
    async () => {
      using ports = await loginPorts();
      await using ws = await workspace();
      await using service = accountService();
      quoteEverything(service, 400);
      const secrets = {
        ...chatGptSecrets(),
        "given key": secretOf("sk-"),
        "authorization code": secretOf("ac-"),
        "device code": secretOf("dc-"),
        verifier: secretOf("cv-"),
        "client's token": secretOf("ct-"),
        "client's fresh token": secretOf("cf-"),
      };
      service.answer("/deviceauth/token", () =>
        Response.json({ authorization_code: secrets["device code"], code_verifier: secrets.verifier }),
      );
      await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedTokens(secrets)));
      await using app = await stdioServer({ ws, config: service.config(), env: { ...service.env, ...trace } });
      await app.hello("editor");
      const turn = async (): Promise<string> => {
        const { thread } = (await app.must("thread/start", {})) as { thread: { id: string } };
        await app.must("turn/start", { threadId: thread.id, input: [{ type: "text", text: "hi" }] });
        await app.untilMethod("turn/completed", ({ threadId }) => threadId === thread.id);
        return thread.id;
      };
      await app.must("account/read", { refreshToken: true });
      await app.must("getAuthStatus", { refreshToken: true });
      await app.ask("account/rateLimits/read");
      const threadId = await turn();
      await app.must("feedback/upload", { classification: "bug", includeLogs: true, threadId, reason: "x" });
      await app.ask("feedback/save", {
        savePath: join(ws.root, "feedback.zip"),
        feedback: { classification: "bug", includeLogs: true, threadId },
      });
      await app.must("account/logout");

      const started = await app.must("account/login/start", { type: "chatgpt" });
      const { searchParams } = new URL(String(started["authUrl"]));
      const redirect = searchParams.get("redirect_uri") ?? "";
      expect(ports.numbers).toContain(Number(new URL(redirect).port));
      const back = `${redirect}?code=${secrets["authorization code"]}&state=${searchParams.get("state")}`;
      const page = await (await fetch(back)).text();
      await app.untilMethod("account/login/completed", ({ loginId }) => loginId === started["loginId"]);
      const device = await app.must("account/login/start", { type: "chatgptDeviceCode" });
      await app.untilMethod("account/login/completed", ({ loginId }) => loginId === device["loginId"]);

      await app.must("account/login/start", { type: "apiKey", apiKey: secrets["given key"] });
      await app.ask("account/login/start", { type: "apiKey", apiKey: `${secrets["given key"]} and more` });
      await turn();
      await app.must("account/logout");

      service.answer("/responses", quote(401));
      const own = (token: string): JsonObject => ({ accessToken: signed(token), chatgptAccountId: "acct-1" });
      await app.must("account/login/start", { type: "chatgptAuthTokens", ...own(secrets["client's token"]) });
      const running = turn();
      const asked = await app.untilMethod("account/chatgptAuthTokens/refresh");
      app.send({ id: asked["id"], result: own(secrets["client's fresh token"]) });
      await running;
      await app.must("account/read", {});
      await app.must("account/logout");

      expect(service.calls("/responses").length).toBeGreaterThanOrEqual(4);
      const said = { "the client": JSON.stringify(app.heard), "the page": page, "standard error": app.stderr() };
      expect(leaks(secrets, ws, said)).toEqual([]);
    },
    patience,
  );

  test.concurrent("the commands that sign in and out", async () => {
    await using ws = await workspace();
    await using service = accountService();
    quoteEverything(service, 400);
    const secrets = { ...chatGptSecrets(), key: secretOf("sk-proj-"), token: secretOf("at-"), code: secretOf("ac-") };
    service.answer("/deviceauth/token", () => Response.json({ authorization_code: secrets.code, code_verifier: "v" }));
    service.answer("/whoami", quote(401));
    const run = (subcommand: string[], stdin?: string) =>
      codex.exec({
        ws,
        subcommand,
        config: "",
        env: { ...service.env, ...trace, CODEX_AUTHAPI_BASE_URL: service.url },
        ...(stdin === undefined ? {} : { stdin }),
      });
    const runs = {
      key: await run(["login", "--with-api-key"], `${secrets.key}\n`),
      "bad key": await run(["login", "--with-api-key"], `${secrets.key} \u0001 ${secrets.key}`),
      status: await run(["login", "status"]),
      token: await run(["login", "--with-access-token"], secrets.token),
      device: await run(["login", "--device-auth", "--experimental_issuer", service.url]),
    };
    await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedTokens(secrets)));
    service.answer("/task_e_1", quote(400));
    const ends = {
      status: await run(["login", "status"]),
      apply: await run(["apply", "task_e_1", "-c", `chatgpt_base_url="${service.url}/backend-api"`]),
      logout: await run(["logout"]),
    };
    const all = [...Object.entries(runs), ...Object.entries(ends)];
    expect(service.calls("/oauth/revoke")).toHaveLength(1);
    expect(service.calls("/task_e_1")).toHaveLength(1);
    expect(leaks(secrets, ws, Object.assign({}, ...all.map(([name, each]) => printed(name, each))))).toEqual([]);
  });

  test.concurrent("the server that works for another machine", async () => {
    await using ws = await workspace({}, { git: false });
    await using service = accountService();
    service.answer("/quoting", quote(401));
    const secrets = { key: secretOf("sk-"), header: secretOf("hd-"), variable: secretOf("sv-") };
    const lines = [
      { id: 1, method: "initialize", params: { clientName: "test" } },
      { method: "initialized" },
      {
        id: 2,
        method: "http/request",
        params: {
          method: "POST",
          url: `${service.url}/quoting`,
          headers: [{ name: "authorization", value: `Bearer ${secrets.header}` }],
          requestId: "r",
        },
      },
      { id: 3, method: "nonsense", params: { token: secrets.header } },
    ];
    await using running = await codex.spawn({
      ws,
      subcommand: ["exec-server", "--listen", "stdio"],
      config: "",
      env: { ...trace, CODEX_API_KEY: secrets.key, OTHER_SECRET: secrets.variable },
      stdinOpen: true,
    });
    for (const line of lines) running.write(`${JSON.stringify(line)}\n`);
    const isAnswered = () => ['"id":2', '"id":3'].every((id) => running.stdout.text().includes(id));
    while (!isAnswered() && (await running.stdout.more()));
    running.endInput();
    const run = await running.finish();
    expect(service.calls("/quoting")).toHaveLength(1);
    // What the other machine sent is given back to it alone.
    const { header, ...others } = secrets;
    expect(leaks(others, ws, printed("exec-server", run))).toEqual([]);
    expect(leaks({ header }, ws, { "standard error": run.stderr })).toEqual([]);
  });

  test.concurrent("the proxy and its dumps", async () => {
    const secrets = {
      key: secretOf("sk-proj-"),
      "caller's key": secretOf("sk-"),
      cookie: secretOf("ck-"),
      "set cookie": secretOf("sc-"),
      "api key": secretOf("ak-"),
    };
    await using ws = await workspace({}, { git: false });
    const upstream = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () =>
        Response.json({ ok: true }, { headers: { "set-cookie": `__cf_bm=${secrets["set cookie"]}; Path=/` } }),
    });
    const dumps = join(ws.root, "dumps");
    const info = join(ws.root, "info.json");
    const proxy = await startProxy({
      args: ["--dump-dir", dumps, "--server-info", info, "--http-shutdown"],
      input: secrets.key,
      upstream: `http://127.0.0.1:${upstream.port}/v1/responses`,
      env: trace,
    });
    const reply = await fetch(`http://127.0.0.1:${proxy.port}/v1/responses`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secrets["caller's key"]}`,
        cookie: `session=${secrets.cookie}`,
        "x-api-key": secrets["api key"],
      },
      body: JSON.stringify({ model: "m" }),
    });
    await reply.text();
    await fetch(`http://127.0.0.1:${proxy.port}/shutdown`);
    await proxy.exited;
    const said = { "standard error": proxy.stderr(), ...filesBelow(proxy.folder, () => false) };
    await proxy[Symbol.asyncDispose]();
    await upstream.stop(true);
    expect(Object.keys(filesBelow(dumps, () => false))).toHaveLength(2);
    expect(leaks(secrets, ws, said)).toEqual([]);
  });

  test("the search finds what it looks for", () => {
    const secrets = { it: secretOf("sk-") };
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const places = {
      plain: `a ${secrets.it} b`,
      one: base64(`1${secrets.it} and`),
      two: base64(`12${secrets.it} and`),
    };
    expect(findSecrets(secrets, { ...places, hex: Buffer.from(secrets.it).toString("hex"), none: "sk-" })).toEqual([
      "it in plain",
      "it in one",
      "it in two",
      "it in hex",
    ]);
  });
});
