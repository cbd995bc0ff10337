// The account methods of both app servers, over the same played services: what a client is answered and told, and what the
// services are asked.
import { describe, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isObject, type JsonObject } from "@codex/protocol/json";
import { accountService, type AccountService } from "../support/account-service.ts";
import { stdioServer, type StdioServer } from "../support/app-server-process.ts";
import { greeting, jwt, storedLogin, unauthorized } from "../support/chatgpt-service.ts";
import { loginPorts } from "../support/login-ports.ts";
import { hasOriginal, playBoth, type Scene, type Table } from "./play-scenes.ts";

type Stage = {
  app: StdioServer;
  service: AccountService;
  answers: unknown[];
  ask(method: string, params?: unknown): Promise<JsonObject>;
};
type Given = { keys?: string; stored?: unknown };

/** Holds a conversation, and gives all that was seen of it. */
const play =
  ({ keys, stored }: Given, steps: (stage: Stage) => Promise<Record<string, unknown> | void>) =>
  async ({ binary, ws }: Table): Promise<Record<string, unknown>> => {
    await using service = accountService();
    const authFile = join(ws.codexHome, "auth.json");
    if (stored !== undefined) await Bun.write(authFile, JSON.stringify(stored));
    await using app = await stdioServer({ binary, ws, config: service.config(keys), env: service.env });
    await app.hello("editor");
    const answers: unknown[] = [];
    const ask: Stage["ask"] = async (method, params) => {
      const answer = await app.ask(method, params);
      answers.push([method, plainAnswer(answer)]);
      return (isObject(answer["result"]) ? answer["result"] : {}) as JsonObject;
    };
    const more = (await steps({ app, service, answers, ask })) ?? {};
    // What was on its way has come.
    await app.ask("thread/loaded/list", {});
    const mask = masks(service, ws.root);
    const told = app.heard.flatMap(({ method, params }) =>
      /^account\/(login|updated|chatgptAuth)/.test(String(method)) ? [[method, params]] : [],
    );
    return mask({
      answers,
      told,
      asked: service.seen.flatMap(({ path, body }) => (aboutLogins.test(path) ? [[path, plainBody(body)]] : [])),
      file: existsSync(authFile) ? JSON.parse(await Bun.file(authFile).text()) : null,
      ...more,
    });
  };

const aboutLogins = /\/oauth\/|deviceauth|\/wham\/usage|\/wham\/rate-limit/;

/** Errors of ours carry a code for programs beside the original's. */
const plainAnswer = ({ result, error }: JsonObject): unknown => {
  if (!isObject(error)) return result;
  return { code: error["code"], message: error["message"] };
};

const plainBody = (body: string): string => body.replaceAll(/code_verifier=[\w-]{86}/g, "code_verifier=<86>");

/** Takes out what is another text in every run. */
function masks(service: AccountService, root: string): (seen: Record<string, unknown>) => Record<string, unknown> {
  const ids = new Map<string, string>();
  const idOf = (id: string) => ids.get(id) ?? (ids.set(id, `<id ${ids.size + 1}>`), ids.get(id) ?? "");
  return (seen) =>
    JSON.parse(
      JSON.stringify(seen)
        .replaceAll(service.url, "<service>")
        .replaceAll(encodeURIComponent(service.url), "<service>")
        .replaceAll(root, "<root>")
        .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, idOf)
        .replaceAll(/(code_challenge|state)=[\w-]{43}/g, "$1=<random>")
        .replaceAll(/eyJ[\w.-]+/g, "<jwt>")
        .replaceAll(/"login_owner_id":"[\w-]{43}"/g, '"login_owner_id":"<random>"')
        .replaceAll(/"last_refresh":"[^"]+"/g, '"last_refresh":"<time>"'),
    );
}

const untilCompleted = (app: StdioServer, loginId: unknown) =>
  app.untilMethod("account/login/completed", (params) => params["loginId"] === loginId);

/** The `count`th news of who is signed in. */
async function untilUpdated(app: StdioServer, authMode: string | null, count = 1): Promise<void> {
  let seen = 0;
  const fits = (message: JsonObject) =>
    message["method"] === "account/updated" && (message["params"] as JsonObject)["authMode"] === authMode;
  await app.until((message) => fits(message) && ++seen === count, "account/updated");
}

/** A browser that comes back, and where it is sent then. */
async function comeBack(started: JsonObject, query: string): Promise<string | undefined> {
  const { searchParams } = new URL(String(started["authUrl"]));
  const address = `${searchParams.get("redirect_uri")}?${query}&state=${searchParams.get("state")}`;
  const reply = await fetch(address, { redirect: "manual" });
  const location = reply.headers.get("location") ?? undefined;
  if (location?.startsWith("http://127.0.0.1")) await fetch(location);
  return location;
}

async function turn({ app }: Stage, thread?: string): Promise<{ threadId: string; end: unknown }> {
  const threadId = thread ?? ((await app.must("thread/start", {})) as { thread: { id: string } }).thread.id;
  const begun = await app.must("turn/start", { threadId, input: [{ type: "text", text: "hi" }] });
  const { id } = begun["turn"] as { id: string };
  const done = await app.untilMethod("turn/completed", (params) => (params["turn"] as JsonObject)["id"] === id);
  const { status, error } = (done["params"] as { turn: JsonObject }).turn;
  return { threadId, end: { status, message: isObject(error) ? error["message"] : null } };
}

const key: Scene = {
  name: "an API key",
  play: play({}, async ({ app, ask }) => {
    await ask("account/read", {});
    await ask("getAuthStatus", { includeToken: true });
    await ask("account/rateLimits/read");
    await ask("account/login/start", { type: "apiKey", apiKey: "sk-one" });
    await untilUpdated(app, "apikey");
    await ask("account/read", { refreshToken: true });
    await ask("getAuthStatus", { includeToken: true, refreshToken: true });
    await ask("getAuthStatus", {});
    await ask("account/rateLimits/read");
    await ask("account/login/cancel", { loginId: "nope" });
    await ask("account/login/cancel", { loginId: crypto.randomUUID() });
    await ask("account/logout");
    await untilUpdated(app, null);
    await ask("account/read", {});
  }),
};

const browser: Scene = {
  name: "the browser",
  play: async (table) => {
    using ports = await loginPorts();
    return play({}, async ({ app, ask }) => {
      const cancelled = await ask("account/login/start", { type: "chatgpt" });
      await ask("account/login/cancel", { loginId: cancelled["loginId"] });
      await untilCompleted(app, cancelled["loginId"]);
      await ask("account/login/cancel", { loginId: cancelled["loginId"] });
      const denied = await ask("account/login/start", { type: "chatgpt" });
      await comeBack(denied, "error=access_denied&error_description=You+said+no");
      await untilCompleted(app, denied["loginId"]);
      const empty = await ask("account/login/start", { type: "chatgpt" });
      await comeBack(empty, "x=1");
      await untilCompleted(app, empty["loginId"]);
      const taken = await ask("account/login/start", { type: "chatgpt", codexStreamlinedLogin: true });
      const success = await comeBack(taken, "code=the-code");
      await untilUpdated(app, "chatgpt");
      await ask("account/read", {});
      const hosted = { type: "chatgpt", useHostedLoginSuccessPage: true };
      const first = await comeBack(await ask("account/login/start", hosted), "code=the-code");
      await untilUpdated(app, "chatgpt", 2);
      const branded = await ask("account/login/start", { ...hosted, appBrand: "chatgpt" });
      const second = await comeBack(branded, "code=the-code");
      await untilUpdated(app, "chatgpt", 3);
      const names = [...new URL(success ?? "").searchParams.keys()];
      return { success: names, hosted: [first, second], ports: ports.numbers };
    })(table);
  },
  differs: { success: "The browser's address holds no token." },
};

const device: Scene = {
  name: "a code typed elsewhere",
  play: play({}, async ({ app, service, ask }) => {
    service.answer("/deviceauth/token", () => Response.json({}, { status: 403 }));
    const cancelled = await ask("account/login/start", { type: "chatgptDeviceCode" });
    await ask("account/login/cancel", { loginId: cancelled["loginId"] });
    await untilCompleted(app, cancelled["loginId"]);
    const replaced = await ask("account/login/start", { type: "chatgptDeviceCode" });
    await ask("account/login/start", { type: "apiKey", apiKey: "sk-one" });
    await untilCompleted(app, replaced["loginId"]);
    await untilUpdated(app, "apikey");
    const ended = await ask("account/login/start", { type: "chatgptDeviceCode" });
    await ask("account/logout");
    await untilCompleted(app, ended["loginId"]);
    await untilUpdated(app, null);
    // How often it asked meanwhile is a matter of time.
    service.seen.splice(0);
    service.answer("/deviceauth/token", () =>
      Response.json({ authorization_code: "c", code_challenge: "cc", code_verifier: "v" }),
    );
    await ask("account/login/start", { type: "chatgptDeviceCode" });
    await untilUpdated(app, "chatgpt");
    await ask("account/rateLimits/read", { excludeResetCreditDetails: true });
    await ask("account/logout");
    await untilUpdated(app, null, 2);
  }),
};

const refusedForGood: Scene = {
  name: "a login that is refused for good",
  play: play({ stored: storedLogin(4000) }, async (stage) => {
    const { service, ask } = stage;
    service.answer("/oauth/token", () => Response.json({ error: { code: "refresh_token_reused" } }, { status: 401 }));
    for (let poll = 0; poll < 3; poll++) {
      await ask("getAuthStatus", { includeToken: true, refreshToken: true });
      await ask("account/read", { refreshToken: true });
    }
    service.answer("/responses", unauthorized);
    // The original says at its start who is signed in, where it has found out before the token is refused.
    return { turn: (await turn(stage)).end, told: "not compared" };
  }),
  differs: { answers: "account/read tells why somebody has to sign in (needsLogin)." },
};

const external: Scene = {
  name: "a client's own tokens",
  play: play({ stored: { auth_mode: "apikey", OPENAI_API_KEY: "sk-stored" } }, async (stage) => {
    const { app, service, ask } = stage;
    const own = (mark: string) => ({ accessToken: jwt(4000, { mark }), chatgptAccountId: "acct-1" });
    await ask("account/login/start", { type: "chatgptAuthTokens", ...own("a"), accessToken: "no-jwt" });
    await ask("account/login/start", { type: "chatgptAuthTokens", ...own("a") });
    await untilUpdated(app, "chatgptAuthTokens");
    await ask("account/read", { refreshToken: true });
    await ask("getAuthStatus", { includeToken: true, refreshToken: true });
    await ask("account/login/start", { type: "apiKey", apiKey: "sk" });
    await ask("account/login/start", { type: "chatgpt" });
    await ask("account/login/start", { type: "chatgptDeviceCode" });
    let good = false;
    service.answer("/responses", () => (good ? greeting() : unauthorized()));
    const answer = async (count: number, reply: JsonObject): Promise<void> => {
      let seen = 0;
      const isQuestion = (message: JsonObject) => message["method"] === "account/chatgptAuthTokens/refresh";
      const asked = await app.until((message) => isQuestion(message) && ++seen === count, "question");
      good = "result" in reply;
      app.send({ id: asked["id"], ...reply });
    };
    const answering = answer(1, { result: { ...own("b"), chatgptPlanType: null } });
    const renewed = await turn(stage);
    await answering;
    const posts = service.calls("/responses").length;
    good = false;
    const failing = answer(2, { error: { code: -32000, message: "the vault is closed" } });
    const failed = await turn(stage, renewed.threadId);
    await failing;
    await ask("account/logout");
    await untilUpdated(app, null);
    await ask("account/read", {});
    return { renewed: renewed.end, posts, failed: failed.end };
  }),
  differs: { failed: "The client's own words for its failure are shown." },
};

const forced = (name: string, keys: string): Scene => ({
  name,
  play: play({ keys }, async ({ app, ask, service }) => {
    service.answer("/deviceauth/usercode", () => Response.json({}, { status: 404 }));
    const own = (account: string) => ({ accessToken: jwt(4000, { account }), chatgptAccountId: account });
    await ask("account/login/start", { type: "chatgptAuthTokens", ...own("acct-9") });
    await ask("account/login/start", { type: "chatgptDeviceCode" });
    service.answer("/deviceauth/usercode", () => Response.json({}, { status: 500 }));
    await ask("account/login/start", { type: "chatgptDeviceCode" });
    const taken = await ask("account/login/start", { type: "apiKey", apiKey: "sk-one" });
    if ("type" in taken) await untilUpdated(app, "apikey");
  }),
});

describe.skipIf(!hasOriginal)("account methods, beside the original", () => {
  const scenes = [
    key,
    browser,
    device,
    refusedForGood,
    external,
    forced("API keys only", 'forced_login_method = "api"'),
    forced("ChatGPT only, in one workspace", 'forced_login_method = "chatgpt"\nforced_chatgpt_workspace_id = "acct-1"'),
  ];
  test.each(scenes.map((scene) => [scene.name, scene] as const))("%s", (_, scene) => playBoth(scene), 90_000);
});
