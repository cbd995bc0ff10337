// Cloudflare's cookies, seen through `http/request` of both programs' exec-server: the one client that asks any address.
import { describe, test } from "bun:test";
import { within } from "../../packages/scripted-model/src/within.ts";
import { prepareLaunch } from "../../packages/scripted-model/src/launch.ts";
import { interceptTls, type FakeService } from "../support/intercept-tls.ts";
import { hasOriginal, playBoth, type Scene, type Table } from "./play-scenes.ts";

type Asked = { url: string; headers?: { name: string; value: string }[] };

/** What each path sets. */
const sets: Record<string, string[]> = {
  "/west": ["__cflb=west; Path=/; Secure", "sess=1; Path=/", "cf_chl_x=9; Path=/"],
  "/central": ["__cflb=central; Path=/; Secure; HttpOnly; SameSite=None"],
  "/wide": ["__cf_bm=wide; Path=/; Domain=chatgpt.com"],
  "/deep/er": ["_cfuvid=deep"],
  "/past": ["__cflb=; Path=/; Max-Age=0"],
  "/all": [
    "__cfruid=1; Path=/",
    "__cfseq=1; Path=/",
    "__cfwaitingroom=1; Path=/",
    "cf_clearance=1; Path=/",
    "cf_ob_info=1; Path=/",
    "cf_use_ob=1; Path=/",
    "__cfduid=1; Path=/",
    "CF_CLEARANCE=2; Path=/",
  ],
  "/foreign": ["__cflb=foreign; Path=/; Domain=openai.com", "__cf_bm=com; Path=/; Domain=com"],
};

const service: FakeService = ({ url, headers }) => {
  const { pathname } = new URL(url);
  if (pathname === "/away") return Response.redirect("https://example.com/target", 302);
  const reply = new Response(headers["user-agent"] ?? "");
  for (const cookie of sets[pathname] ?? []) reply.headers.append("set-cookie", cookie);
  return reply;
};

const hosts = ["chatgpt.com", "foo.chatgpt.com", "chat.openai.com", "x.chat.openai.com", "chatgpt-staging.com"];
const others = ["api.openai.com", "example.com", "evilchatgpt.com"];

/** Asks one address after the other, and tells which cookies went out and which came back. */
const play =
  (steps: Asked[]) =>
  async ({ binary, ws }: Table): Promise<Record<string, unknown>> => {
    await using tls = await interceptTls(Object.fromEntries([...hosts, ...others].map((host) => [host, service])));
    const subcommand = ["exec-server", "--listen", "stdio"];
    const { command, cwd, env } = await prepareLaunch({ binary, ws, subcommand, config: "", env: tls.env });
    await using stack = new AsyncDisposableStack();
    const child = Bun.spawn(command, { cwd, env, stdin: "pipe", stdout: "pipe", stderr: "ignore" });
    stack.defer(async () => {
      child.kill("SIGKILL");
      await child.exited;
    });
    const lines = readLines(child.stdout);
    const ask = async (id: number, method: string, params: unknown): Promise<Record<string, unknown>> => {
      child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
      child.stdin.flush();
      for (;;) {
        const line = await within(10_000, lines.next(), `${method} was not answered`);
        const message = JSON.parse(line.value ?? '{"id":null}') as Record<string, unknown>;
        if (line.done || message["id"] === id) return message;
      }
    };
    await ask(1, "initialize", { clientName: "test" });
    child.stdin.write(`${JSON.stringify({ method: "initialized" })}\n`);
    const seen: Record<string, unknown> = {};
    for (const [index, { url, headers = [] }] of steps.entries()) {
      const params = { method: "GET", url, headers, requestId: `r${index}` };
      const { result, error } = await ask(index + 2, "http/request", params);
      const { status, headers: back = [] } = (result ?? {}) as {
        status?: number;
        headers?: { name: string; value: string }[];
      };
      seen[`${index} ${url}`] = {
        sent: tls.requests.splice(0).map((request) => [request.url, request.headers["cookie"]?.split("; ").sort()]),
        status,
        failed: error !== undefined,
        set: back.filter(({ name }) => name === "set-cookie").map(({ value }) => value),
      };
    }
    return seen;
  };

async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

const to = (...urls: string[]): Asked[] => urls.map((url) => ({ url: `https://${url}` }));

const scenes: Scene[] = [
  {
    name: "names and hosts",
    play: play([
      ...to("chatgpt.com/west", "chatgpt.com/central", "chatgpt.com/", "foo.chatgpt.com/"),
      ...to("chat.openai.com/", "chat.openai.com/west", "chat.openai.com/", "api.openai.com/", "example.com/"),
      ...to("example.com/west", "example.com/", "evilchatgpt.com/west", "evilchatgpt.com/"),
      ...to("x.chat.openai.com/west", "x.chat.openai.com/", "chatgpt-staging.com/all", "chatgpt-staging.com/"),
    ]),
  },
  {
    name: "domains, paths and ends",
    play: play([
      ...to(
        "foo.chatgpt.com/wide",
        "chatgpt.com/",
        "foo.chatgpt.com/",
        "chatgpt.com/deep/er",
        "chatgpt.com/deep/other",
      ),
      ...to("chatgpt.com/deeper", "chatgpt.com/west", "chatgpt.com/past", "chatgpt.com/"),
      ...to("chat.openai.com/foreign", "chat.openai.com/", "api.openai.com/", "chatgpt.com/"),
    ]),
    differs: {
      "10 https://chat.openai.com/": "A cookie for all of .com is nobody's.",
      "12 https://chatgpt.com/": "A cookie for all of .com is nobody's.",
    },
  },
  {
    name: "a caller's own cookies, and a redirect",
    play: play([
      ...to("chatgpt.com/west"),
      { url: "https://chatgpt.com/central", headers: [{ name: "Cookie", value: "mine=1" }] },
      ...to("chatgpt.com/", "chatgpt.com/away"),
    ]),
  },
];

describe.skipIf(!hasOriginal)("Cloudflare's cookies, beside the original", () => {
  test.each(scenes.map((scene) => [scene.name, scene] as const))("%s", (_, scene) => playBoth(scene), 60_000);
});
