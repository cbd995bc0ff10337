import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResponsesRequest } from "@codex/protocol/responses";
import { ok } from "@codex/protocol/result";
import { createModel } from "./create-model.ts";
import type { ModelEvent } from "./model-event.ts";
import { type ProviderSettings, resolveProvider } from "./providers.ts";
import { createTurnState } from "./turn-state.ts";

const seen: { headers: Record<string, string>; url: string }[] = [];
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: async (request) => {
    await request.text();
    seen.push({ headers: request.headers.toJSON(), url: new URL(request.url).pathname });
    if (request.headers.get("authorization") === "Bearer stale")
      return Response.json({ error: { message: "token has expired" } }, { status: 401 });
    return new Response('data: {"type":"response.completed","response":{"id":"r"}}\n\n');
  },
});
afterAll(() => server.stop(true));

/** Samples once from a provider of these settings on the server above. */
async function sample(settings: ProviderSettings): Promise<ModelEvent | undefined> {
  seen.length = 0;
  const provider = resolveProvider("m", {
    providers: { m: { name: "M", base_url: `http://127.0.0.1:${server.port}/v1`, ...settings } },
    openAiBaseUrl: undefined,
    env: {},
    credentials: () => ok(undefined),
    version: "1",
  });
  if (!provider.ok) throw new Error(provider.error.message);
  const model = createModel(provider.value, { env: { PATH: process.env["PATH"] }, debug: () => {} });
  const request: ResponsesRequest = {
    model: "x",
    input: [],
    tools: [],
    tool_choice: "auto",
    parallel_tool_calls: false,
    store: false,
    stream: true,
    include: [],
    prompt_cache_key: "t",
    client_metadata: {},
  };
  const sampling = {
    headers: { originator: "o", "user-agent": "u/1", "x-tier": "none" },
    turnState: createTurnState(),
    signal: new AbortController().signal,
  };
  let last: ModelEvent | undefined;
  for await (const event of model.stream(() => request, sampling)) last = event;
  return last;
}

test("createModel sends the turn's headers, the provider's over them, and nothing of Bun's own but these", async () => {
  const end = await sample({ experimental_bearer_token: "k", http_headers: { "X-Tier": "gold" } });
  expect(end?.type).toBe("completed");
  expect(seen).toEqual([
    {
      url: "/v1/responses",
      headers: {
        accept: "text/event-stream",
        "accept-encoding": "identity",
        authorization: "Bearer k",
        connection: "keep-alive",
        "content-length": expect.any(String),
        "content-type": "application/json",
        host: `127.0.0.1:${server.port}`,
        originator: "o",
        "user-agent": "u/1",
        "x-tier": "gold",
      },
    },
  ]);
});

test("createModel runs the provider's token command again after 401", async () => {
  const folder = mkdtempSync(join(tmpdir(), "token-"));
  const script = 'if [ -e "$0" ]; then echo fresh; else touch "$0"; echo stale; fi';
  const end = await sample({ auth: { command: "sh", args: ["-c", script, join(folder, "asked")] } });
  rmSync(folder, { recursive: true });
  expect(seen.map(({ headers }) => headers["authorization"])).toEqual(["Bearer stale", "Bearer fresh"]);
  expect(end?.type).toBe("completed");
});

test("createModel fails after 401 when the command has nothing new", async () => {
  const end = await sample({ auth: { command: "echo", args: ["stale"] } });
  expect(seen.length).toBe(1);
  expect(end).toMatchObject({
    type: "failed",
    error: { message: `unexpected status 401 Unauthorized: token has expired, url: ${server.url.href}v1/responses` },
  });
});

test("createModel says in the turn when the token command fails", async () => {
  const end = await sample({ auth: { command: "/no/such/program" } });
  expect(seen).toEqual([]);
  expect(end?.type === "failed" && end.error.message).toStartWith("provider auth command `/no/such/program` failed: ");
});
