import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import type { ThreadItem } from "@codex/protocol/items";
import type { ResponseItem, TokenUsage } from "@codex/protocol/responses";
import { decode, encode, parseLine, type LineState } from "./codec.ts";
import { quotedWords, shellQuote } from "@codex/sandbox/shell-quote";
import type { RolloutRecord } from "./rollout-record.ts";

const state: LineState = { threadId: "t", sessionId: "s", timestamp: "2026-11-21T03:35:19.662Z", ordinal: 7 };

/** Through the text of a line and back. */
function throughLine(record: RolloutRecord): RolloutRecord {
  const line = parseLine(JSON.stringify(encode(record, state)));
  if (!line.ok) throw new Error("damaged");
  return decode(line.value);
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const absolute = fc
  .string({ unit: "grapheme" })
  .map((name) => `/w/${name.replaceAll(/[/\0\\]/g, "_").replace(/^\.+$/, "_")}`);
const count = fc.nat();
const text = fc.string({ unit: "grapheme" });
const status = fc.constantFrom("inProgress", "completed", "failed", "declined");

const input = fc.oneof(
  fc.record({
    type: fc.constant("text"),
    text,
    text_elements: fc.array(
      fc.record({ byteRange: fc.record({ start: count, end: count }), placeholder: maybe(text) }),
      { maxLength: 2 },
    ),
  }),
  fc.record({ type: fc.constant("image"), url: text, detail: text }, { requiredKeys: ["type", "url"] }),
  fc.record({ type: fc.constant("localImage"), path: text }),
  fc.record({ type: fc.constantFrom("skill", "mention"), name: text, path: text }),
);

const action = fc.oneof(
  fc.record({ type: fc.constant("read"), command: text, name: text, path: text }),
  fc.record({ type: fc.constant("listFiles"), command: text, path: maybe(text) }),
  fc.record({ type: fc.constant("search"), command: text, query: maybe(text), path: maybe(text) }),
  fc.record({ type: fc.constant("unknown"), command: text }),
);

const webAction = fc.oneof(
  fc.record({ type: fc.constant("search"), query: maybe(text), queries: maybe(fc.array(text)) }),
  fc.record({ type: fc.constant("openPage"), url: maybe(text) }),
  fc.record({ type: fc.constant("findInPage"), url: maybe(text), pattern: maybe(text) }),
  fc.record({ type: fc.constant("other") }),
);

const kind = fc.oneof(
  fc.record({ type: fc.constantFrom("add", "delete") }),
  fc.record({ type: fc.constant("update"), move_path: maybe(text) }),
);

const item = fc.oneof(
  fc.record({ type: fc.constant("userMessage"), id: text, clientId: maybe(text), content: fc.array(input) }),
  fc.record(
    {
      type: fc.constant("agentMessage"),
      id: text,
      text,
      phase: maybe(text),
      moderation: fc.constant(null),
      memoryCitation: fc.constant(null),
      delivery: fc.constant(null),
      questions: fc.constant(null),
      incomplete: fc.constant(true),
    },
    { requiredKeys: ["type", "id", "text", "phase", "moderation", "memoryCitation", "delivery", "questions"] },
  ),
  fc.record({ type: fc.constant("reasoning"), id: text, summary: fc.array(text), content: fc.array(text) }),
  fc.record({
    type: fc.constant("commandExecution"),
    id: text,
    command: fc.oneof(text, fc.array(text, { minLength: 1 }).map(shellQuote)),
    cwd: absolute,
    processId: maybe(text),
    source: fc.constantFrom("agent", "userShell", "unifiedExecStartup", "unifiedExecInteraction"),
    status,
    commandActions: fc.array(action),
    aggregatedOutput: maybe(text),
    exitCode: maybe(fc.integer()),
    durationMs: maybe(fc.nat()),
    pluginId: fc.constant(null),
    scriptPath: fc.constant(null),
  }),
  fc.record({
    type: fc.constant("fileChange"),
    id: text,
    changes: fc.uniqueArray(fc.record({ path: absolute, kind, diff: text }), { selector: (change) => change.path }),
    status,
  }),
  fc.record({
    type: fc.constant("webSearch"),
    id: text,
    query: text,
    action: maybe(webAction),
    results: fc.constant(null),
  }),
  fc.record({ type: fc.constant("imageView"), id: text, path: absolute }),
  fc.record({ type: fc.constant("contextCompaction"), id: text }),
) as fc.Arbitrary<ThreadItem>;

const usage: fc.Arbitrary<TokenUsage> = fc.record({
  input_tokens: count,
  cached_input_tokens: count,
  cache_write_input_tokens: count,
  output_tokens: count,
  reasoning_output_tokens: count,
  total_tokens: count,
});

const json = fc.dictionary(text, fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)));
const responseItem = fc
  .record({ type: fc.constantFrom("message", "reasoning", "function_call", "new_kind"), rest: json })
  .map(({ type, rest }) => Object.assign(rest, { type }) as ResponseItem);

const times = { startedAt: maybe(count), completedAt: maybe(count), durationMs: maybe(count) };
const error = fc.record({
  message: text,
  codexErrorInfo: fc.constantFrom(
    null,
    "contextWindowExceeded",
    "other",
    { httpConnectionFailed: { httpStatusCode: 500 } },
    { responseStreamDisconnected: { httpStatusCode: null } },
  ),
  additionalDetails: maybe(text),
  misalignment: fc.constant(null),
});

const policy = fc.oneof(
  fc.record({ type: fc.constant("dangerFullAccess") }),
  fc.record({ type: fc.constant("readOnly"), networkAccess: fc.boolean() }),
  fc.record({ type: fc.constant("externalSandbox"), networkAccess: fc.constantFrom("restricted", "enabled") }),
  fc.record({
    type: fc.constant("workspaceWrite"),
    writableRoots: fc.array(text),
    networkAccess: fc.boolean(),
    excludeTmpdirEnvVar: fc.boolean(),
    excludeSlashTmp: fc.boolean(),
  }),
);
const granular = fc.record({
  sandbox_approval: fc.boolean(),
  rules: fc.boolean(),
  skill_approval: fc.boolean(),
  request_permissions: fc.boolean(),
  mcp_elicitations: fc.boolean(),
});

const record = fc.oneof(
  fc.record({ type: fc.constant("sessionMeta"), meta: fc.record({ id: text, cwd: text, unheardOf: fc.jsonValue() }) }),
  fc.record({
    type: fc.constant("turnStarted"),
    turnId: text,
    startedAt: count,
    contextWindow: maybe(count),
    trigger: text,
  }),
  fc.record({
    type: fc.constant("turnEnded"),
    turnId: text,
    lastAgentMessage: maybe(text),
    error: maybe(error),
    ...times,
    timeToFirstTokenMs: maybe(count),
  }),
  fc.record({ type: fc.constant("turnAborted"), turnId: maybe(text), reason: text, ...times }),
  fc.record({ type: fc.constant("responseItem"), item: responseItem }),
  fc.record({ type: fc.constant("itemCompleted"), turnId: text, item, startedAtMs: count, completedAtMs: count }),
  fc.record({ type: fc.constant("worldState"), full: fc.boolean(), state: json }),
  fc.record({
    type: fc.constant("turnContext"),
    context: fc
      .record({
        turnId: text,
        cwd: text,
        model: text,
        effort: maybe(text),
        summary: text,
        approvalPolicy: fc.oneof(fc.constantFrom("untrusted", "on-request", "never"), fc.record({ granular })),
        approvalsReviewer: fc.constantFrom("user", "auto_review", "guardian_subagent"),
        sandboxPolicy: policy,
        // The permissions are made from them; the working directory is what is read back.
      })
      .map((context) => ({ ...context, workspaceRoots: [context.cwd] })),
  }),
  fc.record({ type: fc.constant("threadSettings"), settings: json }),
  fc.record({
    type: fc.constant("tokenUsage"),
    turnId: text,
    responseId: maybe(text),
    usage,
    turnUsage: usage,
    threadUsage: usage,
  }),
  fc.record({
    type: fc.constant("tokenCount"),
    total: usage,
    last: usage,
    contextWindow: maybe(count),
    rateLimits: maybe(json),
  }),
  fc.record(
    { type: fc.constant("compacted"), message: text, replacementHistory: fc.array(responseItem) },
    { requiredKeys: ["type", "message"] },
  ),
) as fc.Arbitrary<RolloutRecord>;

describe("codec", () => {
  test("every record comes back from its line as it was", () => {
    fc.assert(
      fc.property(record, (record) => {
        expect(throughLine(record)).toEqual(JSON.parse(JSON.stringify(record)));
      }),
      { numRuns: 1000 },
    );
  });

  test("a line of unknown kind is kept, key for key", () => {
    const line = {
      timestamp: "then",
      type: "thought",
      payload: { a: [1, { b: null }] },
      metadata: { c: 1 },
      other: true,
    };
    expect(encode(decode(line), { ...state, ordinal: 9 })).toEqual({ ...line, ordinal: 9 });
  });

  test("an item of unknown kind is kept as a raw line", () => {
    const item = { type: "McpToolCall", id: "m", server: "s" };
    const line = { timestamp: "then", type: "event_msg", payload: { type: "item_completed", turn_id: "t", item } };
    expect(decode(line)).toEqual({ type: "raw", line });
  });

  test("a command stands as words, as the original stores it", () => {
    const line = "/bin/bash -lc 'echo hi; ls -la'";
    expect(quotedWords(line)).toEqual(["/bin/bash", "-lc", "echo hi; ls -la"]);
    expect(quotedWords("unbalanced ' quote")).toBeUndefined();
  });

  test.each(["", "null", "[]", "{", '{"type":1}', '{"type":"response_item"}', '{"type":"x","payload":[]}'])(
    "%p is a damaged line",
    (text) => expect(parseLine(text)).toEqual({ ok: false, error: "damaged" }),
  );
});
