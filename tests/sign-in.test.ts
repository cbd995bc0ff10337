// Signing in and out with the built program, and what its runs are signed with: the services are played by the tests.
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { codex, workspace } from "@codex/scripted-model/testing";
import type { Workspace } from "../packages/scripted-model/src/workspace.ts";
import { within } from "../packages/scripted-model/src/within.ts";
import { stdioServer } from "./support/app-server-process.ts";
import {
  chatGptService,
  freshTokens,
  greeting,
  refused,
  storedLogin,
  unauthorized,
  type ChatGptService,
} from "./support/chatgpt-service.ts";
import { loginPorts } from "./support/login-ports.ts";

const provider = 'model_provider = "openai"';

type Outside = { ws: Workspace; tls?: ChatGptService; env?: Record<string, string>; config?: string; stdin?: string };

/** `codex WORDS…` with the played services for the internet. */
const run = ({ ws, tls, env = {}, config = "", stdin }: Outside, ...subcommand: string[]) =>
  codex.exec({
    ws,
    subcommand,
    config: `${config}\n${provider}`,
    env: { ...tls?.env, BROWSER: "true", ...env },
    ...(stdin === undefined ? {} : { stdin }),
  });

const authFile = (ws: Workspace): string => join(ws.codexHome, "auth.json");
const stored = (ws: Workspace) => JSON.parse(readFileSync(authFile(ws), "utf8"));
const store = (ws: Workspace, login: unknown) => Bun.write(authFile(ws), JSON.stringify(login));

/** Where the browser is to come back to. */
const portOf = (url: URL): number => Number(new URL(url.searchParams.get("redirect_uri") ?? "http://none").port);

const ask = (outside: Outside) => run(outside, "exec", "--json", "hi");
const failureOf = ({ events }: Awaited<ReturnType<typeof ask>>): unknown =>
  events.find(({ type }) => type === "turn.failed")?.["error"];

describe("keys and tokens", () => {
  test("an API key is read from stdin, stored for its owner alone, shown in part, and forgotten", async () => {
    await using ws = await workspace();
    const login = await run({ ws, stdin: "sk-proj-abcdefghijklmnABCDE\n" }, "login", "--with-api-key");
    expect(login).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: "Reading API key from stdin...\nAPI key saved. Authentication is checked when you send a request.\n",
    });
    expect(readFileSync(authFile(ws), "utf8")).toBe(
      '{\n  "auth_mode": "apikey",\n  "OPENAI_API_KEY": "sk-proj-abcdefghijklmnABCDE"\n}',
    );
    expect(statSync(authFile(ws)).mode & 0o777).toBe(0o600);

    const status = await run({ ws }, "login", "status");
    expect([status.exitCode, status.stdout, status.stderr]).toEqual([
      0,
      "",
      "API key configured - sk-proj-***ABCDE\nAuthentication is checked when you send a request.\n",
    ]);
    const other = await run({ ws, env: { CODEX_API_KEY: "sk-other" } }, "login", "status");
    expect(other.stderr).toEndWith("CODEX_API_KEY is set: `codex exec` uses that key.\n");
    const out = await run({ ws }, "logout");
    expect([out.exitCode, out.stderr, existsSync(authFile(ws))]).toEqual([0, "Successfully logged out\n", false]);
    expect((await run({ ws }, "logout")).stderr).toBe("Not logged in\n");
    const none = await run({ ws, env: { OPENAI_API_KEY: "sk-x" } }, "login", "status");
    expect([none.exitCode, none.stderr]).toEqual([
      1,
      "Not logged in\nOPENAI_API_KEY is set but not read: the variable that counts is CODEX_API_KEY.\n",
    ]);
  });

  test.each([
    ["nothing", "", "No API key provided via stdin.\n"],
    ["a blank in it", "sk-a b", "The API key holds blanks or characters that HTTP forbids."],
    ["a control character in it", "sk-a\u0001b", "The API key holds blanks or characters that HTTP forbids."],
  ])("a key with %s is not stored, and not repeated", async (_, stdin, sentence) => {
    await using ws = await workspace();
    const { exitCode, stderr } = await run({ ws, stdin }, "login", "--with-api-key");
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("sk-a");
    expect([exitCode, existsSync(authFile(ws))]).toEqual([1, false]);
  });

  test("a personal access token is asked whose it is once, and signs requests", async () => {
    await using ws = await workspace();
    await using tls = await chatGptService();
    const whose = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: ({ headers }) =>
        headers.get("authorization") === "Bearer at-secret-token"
          ? Response.json({
              email: null,
              chatgpt_user_id: "u",
              chatgpt_account_id: "acct-7",
              chatgpt_plan_type: "enterprise",
              chatgpt_account_is_fedramp: true,
            })
          : new Response("{}", { status: 401 }),
    });
    const env = { CODEX_AUTHAPI_BASE_URL: `http://127.0.0.1:${whose.port}` };
    expect((await run({ ws, env, stdin: "at-wrong" }, "login", "--with-access-token")).stderr).toContain(
      "Error logging in with access token: personal access token metadata request failed with status 401 Unauthorized",
    );
    const login = await run({ ws, env, stdin: "at-secret-token" }, "login", "--with-access-token");
    expect([login.exitCode, login.stderr]).toEqual([0, expect.stringContaining("Successfully logged in\n")]);
    expect(stored(ws)).toEqual({ OPENAI_API_KEY: null, personal_access_token: "at-secret-token" });
    await whose.stop(true);

    const status = await run({ ws, env }, "login", "status");
    expect(status.stderr).toBe("Logged in using personal access token\n");
    expect(await ask({ ws, tls, env })).toMatchObject({ exitCode: 0 });
    expect(tls.samplings()[0]?.headers).toMatchObject({
      authorization: "Bearer at-secret-token",
      "chatgpt-account-id": "acct-7",
      "x-openai-fedramp": "true",
    });

    const fromEnvironment = { ...env, CODEX_ACCESS_TOKEN: "at-another" };
    expect((await run({ ws, env: fromEnvironment }, "logout")).stderr).toBe(
      "Successfully logged out\nCODEX_ACCESS_TOKEN is set in the environment and still counts.\n",
    );
    expect(readdirSync(ws.codexHome).filter((name) => name.includes("whoami"))).toEqual([]);
    expect((await run({ ws, env: fromEnvironment }, "login", "status")).stderr).toBe(
      "Logged in using personal access token\n",
    );
  });

  test("a config may close a way to sign in, and no run deletes a login that it may not use", async () => {
    await using ws = await workspace();
    const forced = (method: string) => `forced_login_method = "${method}"`;
    const api = await run({ ws, config: forced("api") }, "login", "--device-auth");
    expect(api.stderr).toBe("ChatGPT login is disabled. Use API key login instead.\n");
    const key = await run({ ws, config: forced("chatgpt"), stdin: "sk-1" }, "login", "--with-api-key");
    expect(key.stderr).toBe("API key login is disabled. Use ChatGPT login instead.\n");

    await store(ws, storedLogin(4000));
    const refusals = [
      [forced("api"), "API key login is required, but ChatGPT is currently being used."],
      [
        'forced_chatgpt_workspace_id = ["w1", "w2"]',
        "Login is restricted to workspace(s) w1, w2, but current credentials belong to acct-1.",
      ],
    ] as const;
    for (const [config, sentence] of refusals) {
      const refusal = await run({ ws, config }, "exec", "hi");
      expect([refusal.exitCode, refusal.stderr]).toEqual([1, expect.stringContaining(sentence)]);
      expect(stored(ws).tokens.refresh_token).toBe("rt-stored");
    }
  });
});

describe("codex login", () => {
  /** Starts it and waits for the address. */
  async function begin(outside: Outside) {
    const { ws, tls, env = {}, config = "" } = outside;
    const running = await codex.spawn({
      ws,
      subcommand: ["login"],
      config,
      env: { ...tls?.env, BROWSER: "true", ...env },
    });
    const address = async (): Promise<URL> => {
      for (;;) {
        const found = /https:\/\/auth\.openai\.com\/\S+/.exec(running.stderr.text())?.[0];
        if (found !== undefined && running.stderr.text().includes(`${found}\n`)) return new URL(found);
        await Bun.sleep(10);
      }
    };
    const url = await within(10_000, address(), "no address to sign in at was printed");
    const callback = url.searchParams.get("redirect_uri") ?? "";
    const come = (query: string) => fetch(`${callback}?state=${url.searchParams.get("state")}&${query}`);
    return { running, url, come, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
  }

  test("signs in by the browser; the old login is revoked when the new one is stored, and not before", async () => {
    using ports = await loginPorts();
    await using ws = await workspace();
    await store(ws, storedLogin(4000));
    const whenRevoked: string[] = [];
    await using tls = await chatGptService({
      revoke: () => {
        whenRevoked.push(stored(ws).tokens.refresh_token);
        return Response.json({});
      },
    });
    {
      await using given = await begin({ ws, tls });
      await given.come("error=access_denied&error_description=changed%20my%20mind");
      const end = await given.running.finish();
      expect([end.exitCode, end.stderr]).toEqual([
        1,
        expect.stringContaining("Error logging in: Sign-in failed: changed my mind\n"),
      ]);
      expect([stored(ws).tokens.refresh_token, tls.requests]).toEqual(["rt-stored", []]);
    }
    await using signIn = await begin({ ws, tls });
    expect(ports.numbers).toContain(portOf(signIn.url));
    const page = await signIn.come("code=the-code");
    expect(page.url).toMatch(/\/success\?once=[\w-]+$/);
    expect(await page.text()).toContain("Signed in to Codex");
    const { exitCode, stdout, stderr } = await signIn.running.finish();
    expect([exitCode, stdout, stderr]).toEqual([0, "", expect.stringMatching(/\nSuccessfully logged in\n$/)]);
    expect(stored(ws)).toMatchObject({
      auth_mode: "chatgpt",
      OPENAI_API_KEY: "sk-exchanged",
      tokens: { refresh_token: "rt-signed-in", account_id: "acct-1" },
    });
    expect(whenRevoked).toEqual(["rt-signed-in"]);
    expect(JSON.parse(tls.requests.at(-1)?.body ?? "")).toEqual({
      token: "rt-stored",
      token_type_hint: "refresh_token",
      client_id: "app_EMoamEEZ73f0CkXaXp7hrann",
    });
    const log = readFileSync(join(ws.codexHome, "log/codex-login.log"), "utf8");
    expect(log).toContain("the token exchange succeeded");
    expect(log + stderr).not.toMatch(/the-code|rt-signed-in|sk-exchanged|eyJ/);
  });

  test("a second one takes over from the first", async () => {
    using ports = await loginPorts();
    await using ws = await workspace();
    await using tls = await chatGptService();
    await using first = await begin({ ws, tls });
    await using second = await begin({ ws, tls });
    const end = await first.running.finish();
    expect([end.exitCode, end.stderr]).toEqual([1, expect.stringContaining("Error logging in: Login cancelled\n")]);
    expect(ports.numbers).toContain(portOf(second.url));
    expect(portOf(second.url)).toBe(portOf(first.url));
    second.running.signal("SIGINT");
    expect((await second.running.finish()).exitCode).toBe(1);
    expect(readdirSync(ws.codexHome).filter((name) => name.includes("cancel"))).toEqual([]);
  });

  test("logging out tells the service, and warns where that does not hear", async () => {
    await using ws = await workspace();
    await store(ws, storedLogin(4000));
    await using tls = await chatGptService({ revoke: () => new Response("", { status: 500 }) });
    const { exitCode, stderr } = await run({ ws, tls }, "logout");
    expect([exitCode, existsSync(authFile(ws))]).toEqual([0, false]);
    expect(stderr).toStartWith("Successfully logged out\nwarning: the service did not confirm it (status 500)");
  });
});

describe("a run that is signed in with ChatGPT", () => {
  test("goes to ChatGPT, compressed, and says for whom", async () => {
    await using ws = await workspace();
    await store(ws, storedLogin(4000));
    await using tls = await chatGptService();
    const done = await ask({ ws, tls });
    expect(done.items("agent_message")).toEqual([{ text: "hello" }]);
    const { headers, body, url } = tls.samplings()[0] ?? { headers: {}, body: "", url: "" };
    expect(url).toBe("https://chatgpt.com/backend-api/codex/responses");
    expect(JSON.parse(body)).toMatchObject({ stream: true });
    expect(headers).toMatchObject({
      authorization: `Bearer ${stored(ws).tokens.access_token}`,
      "chatgpt-account-id": "acct-1",
      "content-encoding": "zstd",
      originator: "codex_exec",
      "x-codex-routing-hint": `model=${JSON.parse(body).model}`,
    });
    expect(headers).not.toHaveProperty("x-openai-fedramp");
    expect(tls.refreshes()).toEqual([]);
    expect(tls.refused).toEqual([]);
  });

  test("refreshes before its token ends, and keeps what it does not know in auth.json", async () => {
    await using ws = await workspace();
    await store(ws, { ...storedLogin(100), future_field: { a: 1 } });
    await using tls = await chatGptService();
    expect((await ask({ ws, tls })).exitCode).toBe(0);
    expect(tls.refreshes()).toEqual([
      {
        client_id: "app_EMoamEEZ73f0CkXaXp7hrann",
        grant_type: "refresh_token",
        refresh_reason: "proactive_expiry",
        refresh_token: "rt-stored",
      },
    ]);
    expect(stored(ws)).toMatchObject({ future_field: { a: 1 }, tokens: { refresh_token: "rt-fresh-1" } });
    expect(tls.samplings()[0]?.headers["authorization"]).toBe(`Bearer ${stored(ws).tokens.access_token}`);
    expect(statSync(authFile(ws)).mode & 0o777).toBe(0o600);
  });

  test("after a 401 refreshes once and goes on; a second 401 ends the turn", async () => {
    await using ws = await workspace();
    await store(ws, storedLogin(4000));
    await using tls = await chatGptService({ sample: (_request, time) => (time === 1 ? unauthorized() : greeting()) });
    expect((await ask({ ws, tls })).exitCode).toBe(0);
    expect([tls.samplings().length, tls.refreshes()]).toEqual([
      2,
      [expect.objectContaining({ refresh_reason: "unauthorized_recovery" })],
    ]);

    await store(ws, storedLogin(4000));
    await using never = await chatGptService({ sample: unauthorized });
    expect(failureOf(await ask({ ws, tls: never }))).toEqual({
      message: "unexpected status 401 Unauthorized: bad token, url: https://chatgpt.com/backend-api/codex/responses",
    });
    expect([never.samplings().length, never.refreshes().length]).toEqual([2, 1]);
  });

  test.each([
    ["refresh_token_expired", 401, " because your refresh token has expired"],
    ["refresh_token_reused", 401, " because your refresh token was already used"],
    ["refresh_token_invalidated", 401, " because your refresh token was revoked"],
    ["something_else", 401, ""],
    ["invalid_grant", 400, ""],
  ])("%s ends it with its sentence, and no later run sends the token again", async (code, status, why) => {
    await using ws = await workspace();
    await store(ws, storedLogin(-10));
    await using tls = await chatGptService({
      refresh: () => (code === "invalid_grant" ? Response.json({ error: code }, { status }) : refused(code, status)),
    });
    const message = `Your access token could not be refreshed${why}. Please log out and sign in again.`;
    const runs = await Promise.all([ask({ ws, tls }), ask({ ws, tls })]);
    for (const run of [...runs, await ask({ ws, tls })]) expect(failureOf(run)).toEqual({ message });
    expect([tls.refreshes().length, tls.samplings().length]).toEqual([1, 0]);
    expect((await run({ ws, tls }, "login", "status")).stderr).toBe(`Logged in using ChatGPT\n${message}\n`);

    await store(ws, storedLogin(4000));
    expect((await ask({ ws, tls })).exitCode).toBe(0);
  });

  test("a service that stumbles is asked twice, then the turn ends with why", async () => {
    await using ws = await workspace();
    await store(ws, storedLogin(-10));
    await using tls = await chatGptService({ refresh: () => new Response("", { status: 500 }) });
    expect(failureOf(await ask({ ws, tls }))).toEqual({
      message: "Failed to refresh token: 500 Internal Server Error",
    });
    expect([tls.refreshes().length, tls.samplings().length]).toEqual([2, 0]);
    await using mended = await chatGptService({
      refresh: (_body, time) => (time === 1 ? new Response("", { status: 503 }) : Response.json(freshTokens(time))),
    });
    expect((await ask({ ws, tls: mended })).exitCode).toBe(0);
  });

  test("two servers of four threads each refresh an expired token once", async () => {
    await using ws = await workspace();
    await store(ws, storedLogin(-10));
    await using tls = await chatGptService({
      refresh: async (_body, time) => {
        await Bun.sleep(150);
        return Response.json(freshTokens(time));
      },
    });
    const options = { ws, config: provider, env: tls.env };
    await using first = await stdioServer(options);
    await using second = await stdioServer(options);
    const threads: (() => Promise<string>)[] = [];
    for (const server of [first, second]) {
      await server.hello();
      for (let i = 0; i < 4; i++) {
        const { thread } = (await server.must("thread/start", { cwd: ws.path })) as { thread: { id: string } };
        threads.push(async () => {
          await server.must("turn/start", { threadId: thread.id, input: [{ type: "text", text: "hi" }] });
          const done = await server.untilMethod("turn/completed", (params) => params["threadId"] === thread.id);
          return (done["params"] as { turn: { status: string } }).turn.status;
        });
      }
    }
    const ends = await Promise.all(threads.map((turn) => turn()));
    expect(ends).toEqual(Array.from({ length: 8 }, () => "completed"));
    expect([tls.refreshes().length, tls.samplings().length]).toEqual([1, 8]);
    const token = `Bearer ${stored(ws).tokens.access_token}`;
    expect(new Set(tls.samplings().map(({ headers }) => headers["authorization"]))).toEqual(new Set([token]));
  });

  test("a refresh token that was used before is sent once, by three servers that are asked a hundred times", async () => {
    await using ws = await workspace();
    await store(ws, storedLogin(-10));
    await using tls = await chatGptService({ refresh: () => refused("refresh_token_reused") });
    const options = { ws, config: provider, env: tls.env };
    await using first = await stdioServer(options);
    await using second = await stdioServer(options);
    await using third = await stdioServer(options);
    const servers = [first, second, third];
    for (const server of servers) await server.hello();
    const polls = Array.from({ length: 100 }, (_, time) =>
      (servers[time % 3] ?? first).must("getAuthStatus", { includeToken: true, refreshToken: true }),
    );
    for (const status of await Promise.all(polls))
      expect(status).toMatchObject({ authMethod: "chatgpt", authToken: null });
    expect(tls.refreshes()).toHaveLength(1);
  });

  test("tokens, keys and codes are in no log, error or session file", async () => {
    await using ws = await workspace();
    const login = storedLogin(100, { mark: "access-secret" });
    await store(ws, { ...login, tokens: { ...login.tokens, refresh_token: "rt-very-secret" } });
    const secrets = [login.tokens.access_token, "rt-very-secret"];
    await using tls = await chatGptService({
      refresh: ({ refresh_token }) => Response.json({ error: `no ${refresh_token}` }, { status: 500 }),
      sample: ({ headers }) => Response.json({ error: { message: `no ${headers["authorization"]}` } }, { status: 400 }),
    });
    const { stdout, stderr } = await ask({ ws, tls, env: { RUST_LOG: "trace" } });
    const written = readdirSync(ws.codexHome, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "auth.json")
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
    for (const secret of secrets) expect([stdout, stderr, ...written].join("\n")).not.toContain(secret);
    expect(stdout).toContain("turn.failed");
  });
});
