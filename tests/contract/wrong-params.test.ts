/**
 * Wrong params, and such that need consent, sent to both programs: the refusals must agree word by word. Skipped where
 * scripts/original.sh has not installed the original.
 */
import { describe, expect, test } from "bun:test";
import { isObject, parseJson } from "@codex/protocol/json";
import { workspace } from "@codex/scripted-model/testing";
import { binaryPath } from "../../packages/scripted-model/src/launch.ts";
import { within } from "../../packages/scripted-model/src/within.ts";
import { findOriginal } from "../parity/find-original.ts";

type Case = readonly [method: string, params: unknown];

const t = { threadId: "01a1fd88-5fbe-7e60-bb15-1466db107da3" };
const text = (more: object) => ({ ...t, input: [{ type: "text", text: "x", ...more }] });
const policy = (sandboxPolicy: unknown) => ({ ...t, input: [], sandboxPolicy });
const granular = { granular: { sandbox_approval: true, rules: true, mcp_elicitations: true } };

const wrong: readonly Case[] = [
  ...[undefined, null, "x", 5].map((params): Case => ["thread/start", params]),
  ...[5, true, 1.5, [], {}, -3].map((model): Case => ["thread/start", { model }]),
  ...["on-failure", "granular", 5, ["never"], {}, { other: {} }, { never: 1 }, { granular: 5 }, { granular: {} }].map(
    (approvalPolicy): Case => ["thread/start", { approvalPolicy }],
  ),
  ["thread/start", { approvalPolicy: { granular: {}, never: {} } }],
  ...["x", 5, {}, { type: "x" }].map((sandbox): Case => ["thread/start", { sandbox }]),
  ["thread/start", { config: [] }],
  ...[["relative"], "x", [5]].map((runtimeWorkspaceRoots): Case => ["thread/start", { runtimeWorkspaceRoots }]),
  ...[{ type: "x" }, {}, { type: "function" }, { type: "function", name: 5 }, { name: "x", description: "d" }].map(
    (tool): Case => ["thread/start", { dynamicTools: [tool] }],
  ),
  ["thread/start", { multiAgentMode: "x" }],
  ["thread/start", { experimentalRawEvents: null }],
  ["thread/resume", {}],
  ["thread/resume", { threadId: null }],
  ["thread/resume", { ...t, path: 5 }],
  ["thread/resume", { ...t, history: [{ type: "message" }] }],
  ...[-1, "x", 1.5, 5_000_000_000].map((limit): Case => ["thread/list", { limit }]),
  ["thread/list", { cwd: 5 }],
  ["thread/list", { sourceKinds: ["x"] }],
  ["turn/start", t],
  ...[5, {}, { type: "x" }, { type: "text" }, { type: "image" }, { type: "audio", url: 5 }, null].map((input): Case => [
    "turn/start",
    { ...t, input: [input] },
  ]),
  ["turn/start", text({ text_elements: [{}] })],
  ["turn/start", text({ text_elements: [{ byteRange: { start: -1, end: 2 } }] })],
  ...[{}, { type: "x" }, { type: "workspaceWrite", writableRoots: ["relative"] }].map((sandboxPolicy): Case => [
    "turn/start",
    policy(sandboxPolicy),
  ]),
  ["turn/start", { ...t, input: [], effort: "" }],
  ["turn/start", { ...t, input: [], summary: "x" }],
  ["turn/start", { ...t, input: [], collaborationMode: { mode: "x", settings: {} } }],
  ["command/exec", { command: "ls" }],
  ["command/exec", { command: ["ls"], size: { rows: 70_000, cols: 5 } }],
  ["command/exec", { command: ["ls"], env: { A: 5 } }],
  ["fs/readFile", { path: "relative" }],
  ["fs/readFile", { path: 5 }],
  ["config/value/write", { keyPath: "a", mergeStrategy: "replace" }],
  ["config/batchWrite", { edits: [{}] }],
  ["account/logout", 5],
  ["account/logout", { a: 1 }],
  ["account/login/start", { type: "x" }],
  ["account/rateLimits/read", 5],
  ["review/start", { ...t, target: { type: "commit" } }],
  ["thread/goal/set", { ...t, status: "x" }],
];

/** To a client that has not consented to experimental parts. */
const unconsented: readonly Case[] = [
  ["thread/start", { dynamicTools: [] }],
  ["thread/start", { dynamicTools: 5 }],
  ["thread/start", { mockExperimentalField: "" }],
  ["thread/start", { daybreakEnabled: false }],
  ["thread/start", { permissions: "x", dynamicTools: [] }],
  ["thread/start", { projectId: "", approvalPolicy: granular }],
  ["thread/start", { approvalPolicy: granular }],
  ["thread/start", { experimentalRawEvents: true }],
  ["thread/list", { projectId: null }],
  ["thread/list", { includeAttachedThreads: true }],
  ["turn/start", { ...t, input: [], additionalContext: {} }],
  ["turn/start", { ...t, input: [], approvalPolicy: granular }],
  ["account/login/start", { type: "chatgptAuthTokens", accessToken: "x", chatgptAccountId: "y" }],
  ["server/diagnostics", {}],
  ["mock/experimentalMethod", {}],
  ["thread/search", 5],
];

/** What is worded in another way here, and why. */
const different: readonly (readonly [...Case, reason: string])[] = [
  ["thread/start", [], "The original reads a list as the fields in their order, which no client knows."],
  ["thread/start", { dynamicTools: [5] }, "The original names a type of its own source."],
  ["turn/start", policy("x"), "The original names a type of its own source."],
  ["turn/start", { ...t, input: [{ type: 5 }] }, "The original says that another field is missing."],
];

const original = findOriginal();
if (original === undefined) {
  console.log("Refusals are not compared: the original is not installed (scripts/original.sh does that).");
}

describe.skipIf(original === undefined)("refusals", () => {
  const both = async (cases: readonly Case[], experimentalApi: boolean) =>
    await Promise.all([original ?? "", binaryPath()].map((program) => refusals(program, cases, experimentalApi)));

  test("wrong params are refused with the same code and words", async () => {
    const [theirs, ours] = await both(wrong, true);
    expect(ours).toEqual(theirs ?? []);
  });

  test("experimental parts need the same consent, and are called the same", async () => {
    const [theirs, ours] = await both(unconsented, false);
    expect(ours).toEqual(theirs ?? []);
  });

  test("what is worded in another way still is", async () => {
    const [theirs, ours] = await both(
      different.map(([method, params]) => [method, params]),
      true,
    );
    expect(different.filter((_, index) => ours?.[index] === theirs?.[index])).toEqual([]);
  });
});

/** What a program answers to each, as one line. */
async function refusals(program: string, cases: readonly Case[], experimentalApi: boolean): Promise<string[]> {
  await using ws = await workspace();
  const child = Bun.spawn([program, "app-server"], {
    cwd: ws.path,
    env: { PATH: process.env["PATH"] ?? "", HOME: ws.home, CODEX_HOME: ws.codexHome },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const initialize = { clientInfo: { name: "contract", version: "1" }, capabilities: { experimentalApi } };
  const messages = [
    { id: -1, method: "initialize", params: initialize },
    ...cases.map(([method, params], id) => ({ id, method, params })),
  ];
  child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  child.stdin.flush();
  const answers = new Map<unknown, string>();
  const read = async () => {
    let rest = "";
    for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const message = parseJson(line);
        if (!isObject(message) || "method" in message) continue;
        const { id, error } = message;
        answers.set(id, isObject(error) ? `${String(error["code"])} ${String(error["message"])}` : "a result");
      }
      if (answers.size === messages.length) return;
    }
  };
  try {
    await within(15_000, read(), `Not every request was answered by ${program}.`);
  } finally {
    child.kill();
    await child.exited;
  }
  return cases.map(([method, params], id) => `${method} ${JSON.stringify(params)}: ${answers.get(id) ?? "no answer"}`);
}
