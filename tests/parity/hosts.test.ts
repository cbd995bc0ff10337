// Where both programs send a signed-in account's turn, and what they say of themselves there.
import { describe, test } from "bun:test";
import { join } from "node:path";
import { codex } from "@codex/scripted-model/testing";
import { greeting, storedLogin } from "../support/chatgpt-service.ts";
import { interceptTls, type FakeService } from "../support/intercept-tls.ts";
import { hasOriginal, playBoth, type Scene, type Table } from "./play-scenes.ts";

/** The account's entry at the service; undefined: the service knows nothing. */
type Entry = Record<string, unknown> | undefined;

/** Without WebSockets, since the original tries those seven times first. */
const configOf = (name: string): string =>
  [
    'model_provider = "plain"',
    'model = "gpt-5.5"',
    "[model_providers.plain]",
    `name = "${name}"`,
    'base_url = "https://chatgpt.com/backend-api/codex"',
    'wire_api = "responses"',
    "requires_openai_auth = true",
    "supports_websockets = false",
    "stream_max_retries = 0",
    "request_max_retries = 0",
  ].join("\n");

const cookies = ["__cflb=here; Path=/; Secure", "cf_chl_x=9; Path=/; Secure; Max-Age=0", "sess=1; Path=/; Secure"];

type Given = { fedramp?: boolean; env?: Record<string, string>; provider?: string };

const playTurn =
  (entry: Entry, { fedramp = false, env = {}, provider = "OpenAI" }: Given = {}) =>
  async ({ binary, ws }: Table): Promise<Record<string, unknown>> => {
    const answer: FakeService = ({ method, url }) => {
      if (url.endsWith("/wham/accounts/check") && entry !== undefined) {
        const reply = Response.json({ accounts: [{ id: "acct-1", ...entry }] });
        for (const cookie of cookies) reply.headers.append("set-cookie", cookie);
        return reply;
      }
      return method === "POST" && url.endsWith("/responses") ? greeting() : undefined;
    };
    await using tls = await interceptTls({
      "chatgpt.com": answer,
      "us.chatgpt.com": answer,
      "ab.chatgpt.com": () => Response.json({}),
      "api.github.com": () => undefined,
    });
    await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedLogin(4000, { fedramp })));
    const config = configOf(provider);
    const run = await codex.exec({ binary, ws, config, args: ["--json", "hi"], env: { ...tls.env, ...env } });
    const posts = tls.requests.filter(({ method, url }) => method === "POST" && url.endsWith("/responses"));
    const checks = tls.requests.filter(({ url }) => url.endsWith("/wham/accounts/check"));
    const [post] = posts;
    const told = (name: string) => post?.headers[name];
    return {
      end: run.exitCode,
      checks: checks.length,
      check: [checks[0]?.url, checks[0]?.headers["chatgpt-account-id"], checks[0]?.headers["originator"]],
      posts: posts.length,
      url: post?.url,
      rule: told("x-openai-account-routing-override"),
      fedramp: told("x-openai-fedramp"),
      account: told("chatgpt-account-id"),
      cookie: told("cookie"),
      packed: told("content-encoding"),
      originator: told("originator"),
      agent: told("user-agent"),
      version: told("version"),
      hint: told("x-codex-routing-hint"),
    };
  };

const here = { workspace_backend_origin: "https://chatgpt.com", account_routing_override: "NO_CONSTRAINT" };
const us = { workspace_backend_origin: "https://us.chatgpt.com", account_routing_override: "us" };
const government = { ...us, account_routing_override: "us_cr" };

const goesOn =
  "Where the service does not say where to go, requests go where they go anyway, unless that is forbidden.";
const once = "The service is asked once.";
const sent = ["end", "posts", "url", "account", "originator", "agent", "packed", "hint"];

const named = (name: string) => ({ env: { CODEX_INTERNAL_ORIGINATOR_OVERRIDE: name } });

const scenes: Scene[] = [
  { name: "a workspace without a rule", play: playTurn(here) },
  { name: "one that is bound to a place", play: playTurn(us) },
  { name: "a government's", play: playTurn(government, { fedramp: true }) },
  { name: "a government's that is not bound", play: playTurn(here, { fedramp: true }) },
  {
    name: "a government's that is not answered",
    play: playTurn(undefined, { fedramp: true }),
    differs: { checks: once },
  },
  {
    name: "one that is bound in an unknown way",
    play: playTurn({ ...us, account_routing_override: "eu" }),
    differs: { checks: once },
  },
  {
    name: "one whose place is no origin",
    play: playTurn({ ...us, workspace_backend_origin: "https://us.chatgpt.com/x" }),
    differs: { checks: once },
  },
  {
    name: "a service that does not answer",
    play: playTurn(undefined),
    differs: { checks: once, ...Object.fromEntries(sent.map((name) => [name, goesOn])) },
  },
  { name: "a caller with a name", play: playTurn(here, named("my tool")) },
  { name: "a caller with a name that no header can hold", play: playTurn(here, named("a\nb")) },
  {
    name: "a provider of one's own at the same address",
    play: playTurn(us, { provider: "Own" }),
    differs: {
      checks: "What is not needed is not asked.",
      check: "What is not needed is not asked.",
      cookie: "Nobody was asked who could set one.",
    },
  },
];

describe.skipIf(!hasOriginal)("hosts and headers, beside the original", () => {
  test.each(scenes.map((scene) => [scene.name, scene] as const))("%s", (_, scene) => playBoth(scene), 60_000);
});
