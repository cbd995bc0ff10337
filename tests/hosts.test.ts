// Which hosts a run reaches, and what it tells them: the whole internet is played by the test.
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";
import type { Workspace } from "../packages/scripted-model/src/workspace.ts";
import { greeting, storedLogin } from "./support/chatgpt-service.ts";
import { interceptTls, type FakeService, type Interceptor } from "./support/intercept-tls.ts";
import { hasOverlays, under } from "./support/under-requirements.ts";

/** Every host that the original calls when it starts, and some more; each answers turns. */
const internet = (answers: Record<string, FakeService> = {}): Promise<Interceptor> => {
  const hosts = [
    "chatgpt.com",
    "us.chatgpt.com",
    "api.openai.com",
    "auth.openai.com",
    "ab.chatgpt.com",
    "api.github.com",
  ];
  return interceptTls(Object.fromEntries(hosts.map((host) => [host, answers[host] ?? turn])));
};

const turn: FakeService = ({ method, url }) =>
  method === "POST" && url.endsWith("/responses") ? greeting() : undefined;

/** The workspace of the stored login, and where its requests have to go. */
const workspaces = (origin: string, rule: string): Response =>
  Response.json(
    { accounts: [{ id: "acct-1", workspace_backend_origin: origin, account_routing_override: rule }] },
    { headers: { "set-cookie": "__cflb=found; Path=/; Secure" } },
  );

const routed =
  (origin: string, rule: string): FakeService =>
  (request) =>
    request.url.endsWith("/wham/accounts/check") ? workspaces(origin, rule) : turn(request);

const run = (ws: Workspace, tls: Interceptor, { config = "", env = {}, binary = binaryPath() } = {}) =>
  codex.exec({
    ws,
    binary,
    config: `${config}\nmodel_provider = "openai"`,
    args: ["--json", "hi"],
    env: { ...tls.env, ...env },
  });

const signIn = (ws: Workspace, more: Parameters<typeof storedLogin>[1] = {}) =>
  Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedLogin(4000, more)));

const addresses = ({ requests }: Interceptor): string[] => requests.map(({ method, url }) => `${method} ${url}`);

const failureOf = ({ events }: Awaited<ReturnType<typeof run>>): string =>
  JSON.stringify(events.find(({ type }) => type === "turn.failed"));

describe("hosts", () => {
  test("with an API key only the API is reached, once", async () => {
    await using ws = await workspace();
    await using tls = await internet();
    const env = { CODEX_API_KEY: "sk-1", OPENAI_ORGANIZATION: "org-1", OPENAI_PROJECT: "proj-1" };
    const { exitCode } = await run(ws, tls, { env });
    expect([exitCode, addresses(tls), tls.refused]).toEqual([0, ["POST https://api.openai.com/v1/responses"], []]);
    expect(tls.requests[0]?.headers).toMatchObject({
      authorization: "Bearer sk-1",
      originator: "codex_exec",
      "openai-organization": "org-1",
      "openai-project": "proj-1",
    });
    expect(Object.keys(tls.requests[0]?.headers ?? {})).not.toContain("chatgpt-account-id");
  });

  test("with a provider of one's own only that is reached, signed in or not", async () => {
    await using ws = await workspace();
    await using tls = await internet();
    await using server = await model.plays([model.says("Yes.")]);
    await signIn(ws);
    const { exitCode } = await codex.exec({ server, ws, args: ["hi"], env: tls.env });
    expect([exitCode, server.requests.length, addresses(tls), tls.refused]).toEqual([0, 1, [], []]);
  });

  test("with a ChatGPT login its service is asked where to go once, and reached there", async () => {
    await using ws = await workspace();
    await using tls = await internet({ "chatgpt.com": routed("https://us.chatgpt.com", "us") });
    await signIn(ws);
    const first = await run(ws, tls);
    const second = await run(ws, tls);
    expect([first.exitCode, second.exitCode, addresses(tls), tls.refused]).toEqual([
      0,
      0,
      [
        "GET https://chatgpt.com/backend-api/wham/accounts/check",
        "POST https://us.chatgpt.com/backend-api/codex/responses",
        "POST https://us.chatgpt.com/backend-api/codex/responses",
      ],
      [],
    ]);
    expect(tls.requests[2]?.headers).toMatchObject({
      "chatgpt-account-id": "acct-1",
      "x-openai-account-routing-override": "us",
      originator: "codex_exec",
    });
    const file = join(ws.codexHome, "workspace-routes.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).not.toContain("acct-1");
  });

  test("an address of one's own is left as it is", async () => {
    await using ws = await workspace();
    await using tls = await internet();
    await signIn(ws);
    const { exitCode } = await run(ws, tls, { config: 'openai_base_url = "https://api.openai.com/own"' });
    expect([exitCode, addresses(tls)]).toEqual([0, ["POST https://api.openai.com/own/responses"]]);
  });

  test("the originator can be named from outside, but not with what no header can hold", async () => {
    await using ws = await workspace();
    await using tls = await internet();
    const env = { CODEX_API_KEY: "sk-1" };
    await run(ws, tls, { env: { ...env, CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "my_tool" } });
    await run(ws, tls, { env: { ...env, CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "my\ntool" } });
    const told = tls.requests.map(({ headers }) => [headers["originator"], headers["user-agent"]?.split("/")[0]]);
    expect(told).toEqual([
      ["my_tool", "my_tool"],
      ["codex_cli_rs", "codex_cli_rs"],
    ]);
  });
});

describe("where a workspace's requests go", () => {
  test("where its service does not answer they go where they go anyway", async () => {
    await using ws = await workspace();
    await using tls = await internet();
    await signIn(ws);
    const { exitCode } = await run(ws, tls);
    expect([exitCode, addresses(tls)]).toEqual([
      0,
      [
        "GET https://chatgpt.com/backend-api/wham/accounts/check",
        "POST https://chatgpt.com/backend-api/codex/responses",
      ],
    ]);
  });

  test("a FedRAMP account's are not sent before that is known", async () => {
    await using ws = await workspace();
    await using tls = await internet();
    await signIn(ws, { fedramp: true });
    const ended = await run(ws, tls);
    expect([ended.exitCode, addresses(tls)]).toEqual([1, ["GET https://chatgpt.com/backend-api/wham/accounts/check"]]);
    expect(tls.requests[0]?.headers["x-openai-fedramp"]).toBe("true");
    expect(failureOf(ended)).toContain("Workspace routing discovery failed: ");
  });

  test.skipIf(!hasOverlays)("where the administrator demands a residency, only where the service says", async () => {
    const binary = under('enforce_residency = "us"\n', binaryPath());
    await using ws = await workspace();
    await signIn(ws);
    await using silent = await internet();
    const refused = await run(ws, silent, { binary });
    expect([refused.exitCode, silent.requests.length]).toEqual([1, 1]);
    expect(failureOf(refused)).toContain("Nothing was sent to the model");

    await using tls = await internet({ "chatgpt.com": routed("https://us.chatgpt.com", "us") });
    expect((await run(ws, tls, { binary })).exitCode).toBe(0);
    expect(addresses(tls)[1]).toBe("POST https://us.chatgpt.com/backend-api/codex/responses");
    expect(tls.requests[1]?.headers["x-openai-internal-codex-residency"]).toBe("us");
  });
});

describe("Cloudflare's cookies", () => {
  test("keep a process at its place, and stay in it", async () => {
    await using ws = await workspace();
    let samplings = 0;
    await using tls = await internet({
      "chatgpt.com": (request) => {
        if (request.url.endsWith("/wham/accounts/check")) return workspaces("https://chatgpt.com", "NO_CONSTRAINT");
        const reply = ++samplings === 1 ? callsTool() : greeting();
        reply.headers.append("set-cookie", `__cflb=place-${samplings}; Path=/; Secure; HttpOnly`);
        reply.headers.append("set-cookie", "__Secure-next-auth.session-token=no; Path=/; Secure");
        return reply;
      },
    });
    await signIn(ws);
    await run(ws, tls);
    await run(ws, tls);
    expect(tls.requests.map(({ url, headers }) => [new URL(url).pathname, headers["cookie"]])).toEqual([
      ["/backend-api/wham/accounts/check", undefined],
      ["/backend-api/codex/responses", "__cflb=found"],
      ["/backend-api/codex/responses", "__cflb=place-1"],
      ["/backend-api/codex/responses", undefined],
    ]);
    const written = new Bun.Glob("**/*").scanSync({ cwd: ws.codexHome, onlyFiles: true, dot: true });
    const holding = [...written].filter((file) => readFileSync(join(ws.codexHome, file)).includes("place-"));
    expect([existsSync(ws.codexHome), holding]).toEqual([true, []]);
  });

  test("are for no other host", async () => {
    await using ws = await workspace();
    let samplings = 0;
    await using tls = await internet({
      "api.openai.com": () => {
        const reply = ++samplings === 1 ? callsTool() : greeting();
        reply.headers.append("set-cookie", "__cflb=api; Path=/; Secure; Domain=openai.com");
        return reply;
      },
    });
    await run(ws, tls, { env: { CODEX_API_KEY: "sk-1" } });
    expect(tls.requests.map(({ headers }) => headers["cookie"])).toEqual([undefined, undefined]);
  });
});

/** A turn's answer that makes the program ask again. */
function callsTool(): Response {
  const item = {
    type: "function_call",
    id: "f",
    call_id: "c",
    name: "update_plan",
    arguments: JSON.stringify({ plan: [{ step: "Look", status: "completed" }] }),
  };
  const events = [
    { type: "response.created", response: { id: "r" } },
    { type: "response.output_item.done", item },
    {
      type: "response.completed",
      response: { id: "r", usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } },
    },
  ];
  const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
  return new Response(text, { headers: { "content-type": "text/event-stream" } });
}
