// Signing in, out and on: the same steps with both programs against the same played services. Each thing seen must agree,
// but for those that name why it does not; one that agrees all the same fails too.
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codex, workspace } from "@codex/scripted-model/testing";
import { binaryPath } from "../../packages/scripted-model/src/launch.ts";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";
import { within } from "../../packages/scripted-model/src/within.ts";
import {
  chatGptService,
  exchanged,
  greeting,
  refused,
  storedLogin,
  unauthorized,
  type ChatGptAnswers,
  type ChatGptService,
} from "../support/chatgpt-service.ts";
import { loginPorts } from "../support/login-ports.ts";
import { findOriginal } from "./find-original.ts";

type Table = { readonly binary: string; readonly ws: Workspace };

type Scene = {
  readonly name: string;
  play(table: Table): Promise<Record<string, unknown>>;
  /** What of it differs on purpose, and why. */
  readonly differs?: Record<string, string>;
};

type Step = { env?: Record<string, string>; config?: string; stdin?: string };

const run = ({ binary, ws }: Table, subcommand: string[], { env = {}, config, stdin }: Step = {}) =>
  codex.exec({
    binary,
    ws,
    subcommand,
    ...(config === undefined ? { config: "" } : { config }),
    env: { BROWSER: "true", ...env },
    ...(stdin === undefined ? {} : { stdin }),
  });

/** Without what the original says about its own installation. */
const said = (stderr: string): string => stderr.replaceAll(/^WARNING: proceeding.*\n/gm, "");

const authFile = (ws: Workspace): string => join(ws.codexHome, "auth.json");

/** auth.json with its random and timed parts masked, as text: the order of keys and the indentation count. */
function storedText(ws: Workspace): string | undefined {
  if (!existsSync(authFile(ws))) return undefined;
  return readFileSync(authFile(ws), "utf8")
    .replaceAll(/eyJ[\w.-]+/g, "<jwt>")
    .replaceAll(/"login_owner_id": "[\w-]{43}"/g, '"login_owner_id": "<random>"')
    .replaceAll(/"last_refresh": "[^"]+"/g, '"last_refresh": "<time>"')
    .replaceAll(/127\.0\.0\.1:\d+/g, "<service>");
}

const store = (ws: Workspace, login: unknown) => Bun.write(authFile(ws), JSON.stringify(login, null, 2));

const masked = (text: string): string =>
  text.replaceAll(/eyJ[\w.-]+/g, "<jwt>").replaceAll(/code_verifier=[\w-]{86}/g, "code_verifier=<86>");

const apiKey: Scene = {
  name: "an API key",
  play: async (table) => {
    const login = await run(table, ["login", "--with-api-key"], { stdin: " sk-proj-abcdefghijklmnABCDE\n" });
    const file = storedText(table.ws);
    const status = await run(table, ["login", "status"]);
    const out = await run(table, ["logout"]);
    const again = await run(table, ["logout"]);
    const none = await run(table, ["login", "status"]);
    const empty = await run(table, ["login", "--with-api-key"], { stdin: "" });
    const bad = await run(table, ["login", "--with-api-key"], { stdin: "a b\u0001c" });
    const end = ({ exitCode, stdout, stderr }: typeof login) => [exitCode, stdout, said(stderr)];
    return {
      login: end(login),
      file,
      status: end(status),
      out: end(out),
      again: end(again),
      none: end(none),
      empty: end(empty),
      bad: bad.exitCode,
    };
  },
  differs: { bad: "A key that no header can carry is not stored." },
};

const closedWays: Scene = {
  name: "ways that the config closes",
  play: async (table) => {
    const api = 'forced_login_method = "api"';
    const chatgpt = 'forced_login_method = "chatgpt"';
    const device = await run(table, ["login", "--device-auth"], { config: api });
    const browser = await run(table, ["login"], { config: api });
    const key = await run(table, ["login", "--with-api-key"], { config: chatgpt, stdin: "sk-1" });
    await store(table.ws, { auth_mode: "apikey", OPENAI_API_KEY: "sk-1" });
    const refusedRun = await run(table, ["exec", "--skip-git-repo-check", "hi"], { config: chatgpt });
    return {
      device: [device.exitCode, said(device.stderr)],
      browser: [browser.exitCode, said(browser.stderr)],
      key: [key.exitCode, said(key.stderr).replace("Reading API key from stdin...\n", "")],
      run: [
        refusedRun.exitCode,
        said(refusedRun.stderr).includes("ChatGPT login is required, but an API key is currently being used."),
      ],
      kept: existsSync(authFile(table.ws)),
    };
  },
  differs: { kept: "A run that may not use a login refuses and leaves the login as it is." },
};

/** The device flow with a service at an issuer of our own. */
const device: Scene = {
  name: "a code typed elsewhere",
  play: async (table) => {
    const requests: string[] = [];
    let polls = 0;
    const service = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: async (request) => {
        const { pathname } = new URL(request.url);
        const body = await request.text();
        requests.push(`${request.method} ${pathname} ${request.headers.get("content-type")} ${body}`);
        if (pathname.endsWith("/usercode")) {
          return Response.json({ device_auth_id: "d", user_code: "ABCD-1234", interval: "0" });
        }
        if (pathname.endsWith("/deviceauth/token")) {
          const typed = { authorization_code: "ac", code_challenge: "cc", code_verifier: "cv" };
          return ++polls < 3 ? new Response("{}", { status: polls === 1 ? 403 : 404 }) : Response.json(typed);
        }
        if (pathname === "/oauth/revoke") return Response.json({});
        return exchanged(new URLSearchParams(body));
      },
    });
    const issuer = `http://127.0.0.1:${service.port}`;
    const words = ["login", "--device-auth", "--experimental_issuer", issuer, "--experimental_client-id", "cid"];
    const login = await run(table, words);
    const seen = requests.splice(0).map((request) => request.replaceAll(`127.0.0.1%3A${service.port}`, "<service>"));
    const file = storedText(table.ws);
    const status = await run(table, ["login", "status"]);
    const env = { CODEX_REFRESH_TOKEN_URL_OVERRIDE: `${issuer}/x/token?q=1` };
    const out = await run(table, ["logout"], { env });
    const revoked = requests.splice(0);
    await service.stop(true);
    const away = await run(table, words);
    return {
      end: [
        login.exitCode,
        said(login.stderr),
        login.stdout.includes("ABCD-1234"),
        login.stdout.includes(`${issuer}/codex/device`),
      ],
      seen,
      file,
      status: [status.exitCode, said(status.stderr)],
      out: [out.exitCode, said(out.stderr)],
      revoked,
      away: [away.exitCode, away.stdout],
    };
  },
  differs: { revoked: "A token is revoked as the client that it was given to." },
};

/** The browser flow, whose service is at a fixed address. */
const browser: Scene = {
  name: "the browser",
  play: async (table) => {
    using ports = await loginPorts();
    await store(table.ws, storedLogin(4000));
    const whenRevoked: (string | undefined)[] = [];
    await using tls = await chatGptService({
      revoke: () => {
        const file = storedText(table.ws);
        whenRevoked.push(file === undefined ? undefined : /"refresh_token": "([^"]+)"/.exec(file)?.[1]);
        return Response.json({});
      },
    });
    const { url, location, end } = await signIn(table, tls);
    return {
      port: ports.numbers.includes(Number(new URL(url.searchParams.get("redirect_uri") ?? "http://none").port)),
      address: [url.origin, url.pathname, ...url.searchParams.keys()],
      values: [...url.searchParams].filter(([name]) => !["state", "code_challenge"].includes(name)),
      lengths: ["state", "code_challenge"].map((name) => url.searchParams.get(name)?.length),
      location: [location.pathname, ...location.searchParams.keys()],
      end: [end.exitCode, end.stdout, said(end.stderr).split("\n").at(0), said(end.stderr).split("\n").at(-2)],
      exchanges: tls.requests
        .filter(({ url }) => url.endsWith("/oauth/token"))
        .map(({ method, headers, body }) => [method, headers["content-type"], masked(body)]),
      agents: tls.requests
        .filter(({ url }) => url.endsWith("/oauth/token"))
        .map(({ headers }) => headers["user-agent"]),
      file: storedText(table.ws),
      whenRevoked,
    };
  },
  differs: {
    location: "No address that the browser keeps holds a token.",
    agents: "Every request says which program sends it.",
    whenRevoked: "The old login is revoked once the new one is stored: one that fails leaves the old one.",
  },
};

async function signIn({ binary, ws }: Table, tls: ChatGptService) {
  await using running = await codex.spawn({
    binary,
    ws,
    subcommand: ["login"],
    config: "",
    env: { ...tls.env, BROWSER: "true" },
  });
  const address = async (): Promise<URL> => {
    for (;;) {
      const found = /https:\/\/auth\.openai\.com\/\S+(?=\n)/.exec(running.stderr.text())?.[0];
      if (found !== undefined) return new URL(found);
      await Bun.sleep(10);
    }
  };
  const url = await within(10_000, address(), "no address to sign in at was printed");
  const callback = `${url.searchParams.get("redirect_uri")}?code=the-code&state=${url.searchParams.get("state")}`;
  const redirect = await fetch(callback, { redirect: "manual" });
  const location = new URL(redirect.headers.get("location") ?? "http://none/");
  await (await fetch(location)).text();
  return { url, location, end: await running.finish() };
}

/** A provider without WebSockets, since the original tries those seven times first. */
const plain = [
  'model_provider = "plain"',
  'model = "gpt-5.5"',
  "[model_providers.plain]",
  'name = "OpenAI"',
  'base_url = "https://chatgpt.com/backend-api/codex"',
  'wire_api = "responses"',
  "requires_openai_auth = true",
  "supports_websockets = false",
  "stream_max_retries = 0",
  "request_max_retries = 0",
].join("\n");

const failureOf = ({ events }: Awaited<ReturnType<typeof run>>): unknown =>
  events.find(({ type }) => type === "turn.failed")?.["error"];

/** One `exec` with a stored ChatGPT login. */
const turn = (name: string, seconds: number, answers: ChatGptAnswers, differs: Record<string, string> = {}): Scene => ({
  name,
  play: async (table) => {
    await store(table.ws, storedLogin(seconds));
    await using tls = await chatGptService(answers);
    const end = await run(table, ["exec", "--skip-git-repo-check", "--json", "hi"], { env: tls.env, config: plain });
    const [first] = tls.samplings();
    return {
      failed: failureOf(end),
      messages: end.items("agent_message"),
      refresh: tls.refreshes()[0],
      refreshes: tls.refreshes().length,
      samplings: tls.samplings().length,
      signed: first && {
        bearer: masked(first.headers["authorization"] ?? ""),
        account: first.headers["chatgpt-account-id"],
      },
      file: storedText(table.ws),
    };
  },
  differs,
});

/** A login from an issuer of its own, whose token has ended. */
const ownIssuer: Scene = {
  name: "a login from another issuer",
  play: async (table) => {
    const seen: unknown[] = [];
    const issuer = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: async (request) => {
        seen.push([request.method, new URL(request.url).pathname, await request.json()]);
        return refused("refresh_token_expired");
      },
    });
    await using tls = await chatGptService({ sample: unauthorized });
    const login = storedLogin(-10);
    const oauth_provenance = { issuer: `http://127.0.0.1:${issuer.port}`, client_id: "cid" };
    await store(table.ws, { ...login, tokens: { ...login.tokens, oauth_provenance } });
    const end = await run(table, ["exec", "--skip-git-repo-check", "--json", "hi"], { env: tls.env, config: plain });
    const refresh = seen[0];
    seen.splice(0);
    await run(table, ["logout"], { env: tls.env });
    await issuer.stop(true);
    return {
      failed: failureOf(end),
      refresh,
      toOpenAi: tls.requests.filter(({ url }) => url.includes("/oauth/")).length,
      revoked: seen,
    };
  },
  differs: {
    toOpenAi: "A token is shown to nobody but the issuer that it came from.",
    revoked: "It is revoked there, too.",
  },
};

const once = "A refused token is sent once, and a turn refreshes once.";
const notSent = "What the server would certainly refuse is not sent to it.";

const scenes: Scene[] = [
  apiKey,
  closedWays,
  device,
  browser,
  ownIssuer,
  turn("a token that is good", 4000, {}),
  turn("a token that ends soon", 100, {}),
  turn(
    "a token that is refused once",
    4000,
    {
      sample: ({ headers }) => (headers["authorization"]?.includes(storedMark) ? unauthorized() : greeting()),
    },
    { samplings: "The token that was refused is not sent a second time while nothing else is stored." },
  ),
  turn(
    "a refresh token that was used before",
    -10,
    { refresh: () => refused("refresh_token_reused"), sample: unauthorized },
    {
      refreshes: once,
      samplings: notSent,
      signed: notSent,
    },
  ),
  turn(
    "a grant that is no longer valid",
    -10,
    {
      refresh: () => Response.json({ error: "invalid_grant" }, { status: 400 }),
      sample: unauthorized,
    },
    { refreshes: once, samplings: notSent, signed: notSent },
  ),
  turn(
    "a service that stumbles",
    -10,
    { refresh: () => new Response("", { status: 500 }), sample: unauthorized },
    {
      refreshes: "A service that stumbles is asked twice.",
      samplings: notSent,
      signed: notSent,
    },
  ),
];

/** Stands in the stored access token (its claim `mark` is "stored") and in no fresh one. */
const storedMark = (storedLogin(4000).tokens.access_token.split(".")[1] ?? "").slice(0, 20);

const original = findOriginal();

describe.skipIf(original === undefined)("signing in, beside the original", () => {
  test.each(scenes.map((scene) => [scene.name, scene] as const))(
    "%s",
    async (_, { play, differs = {} }) => {
      const [ours, theirs] = await Promise.all(
        [binaryPath(), original ?? ""].map(async (binary) => {
          await using ws = await workspace();
          return await play({ binary, ws });
        }),
      );
      const names = Object.keys({ ...ours, ...theirs }).filter((name) => !Bun.deepEquals(ours?.[name], theirs?.[name]));
      const unlisted = names.filter((name) => !(name in differs));
      expect(
        Object.fromEntries(unlisted.map((name) => [name, { ours: ours?.[name], original: theirs?.[name] }])),
      ).toEqual({});
      expect(names.toSorted()).toEqual(Object.keys(differs).toSorted());
    },
    60_000,
  );
});
