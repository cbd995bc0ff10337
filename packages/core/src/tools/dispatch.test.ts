import { Type as T } from "@sinclair/typebox";
import { expect, test } from "bun:test";
import type { FunctionCallItem, ResponseItem } from "@codex/protocol/responses";
import { defineTool, type FreeformTool, type Tool } from "./define-tool.ts";
import { dispatchTool } from "./dispatch.ts";
import { toolBench } from "./tool-bench.test-support.ts";
import { Turnstile } from "./turnstile.ts";

const parameters = T.Object({ text: T.String(), loud: T.Optional(T.Boolean()) }, { additionalProperties: false });
const echo = defineTool({
  name: "echo",
  description: "",
  parameters,
  run: async (args) => ({ ok: true, forModel: JSON.stringify(args) }),
});
const broken = defineTool({
  name: "broken",
  description: "",
  parameters: T.Object({}),
  run: () => Promise.reject(new Error("the tool has a bug")),
});
let deafHasBegun = Promise.withResolvers<void>();
const deaf = defineTool({
  name: "deaf",
  description: "",
  parameters: T.Object({}),
  run: () => {
    deafHasBegun.resolve();
    return Promise.withResolvers<never>().promise;
  },
});
const freeform: FreeformTool = {
  kind: "freeform",
  name: "write",
  description: "",
  grammar: "",
  run: async (input) => ({ ok: true, forModel: `wrote ${input}` }),
};
const hosted: Tool = { kind: "hosted", name: "web_search", spec: { type: "web_search", external_web_access: true } };
const tools: Tool[] = [echo, broken, deaf, freeform, hosted];

const functionCall = (name: string, args: string): FunctionCallItem => ({
  type: "function_call",
  call_id: "c1",
  name,
  arguments: args,
});
const run = (call: Parameters<typeof dispatchTool>[0], signal?: AbortSignal): Promise<ResponseItem> =>
  dispatchTool(call, tools, toolBench().contextOf(signal ? { signal } : {}), new Turnstile());
const output = async (call: Parameters<typeof dispatchTool>[0]) => {
  const item = await run(call);
  return "output" in item ? item.output : undefined;
};

test("an output answers its call in the call's own kind", async () => {
  expect(await run(functionCall("echo", '{"text":"a","loud":null}'))).toEqual({
    type: "function_call_output",
    id: expect.stringMatching(/^fco_/),
    call_id: "c1",
    output: '{"text":"a"}',
  });
  expect(await run({ type: "custom_tool_call", call_id: "c2", name: "write", input: "x" })).toEqual({
    type: "custom_tool_call_output",
    id: expect.stringMatching(/^ctco_/),
    call_id: "c2",
    output: "wrote x",
  });
});

test("names that are none are told, with the tool that took their place", async () => {
  expect(await output(functionCall("nope", "{}"))).toBe("unsupported call: nope");
  expect(await output({ ...functionCall("tool", "{}"), namespace: "mcp__x" })).toBe("unsupported call: mcp__xtool");
  expect(await output(functionCall("local_shell", "{}"))).toBe("unsupported call: local_shell; use exec_command");
  expect(await output(functionCall("web_search", "{}"))).toBe("unsupported call: web_search");
  expect(await output({ type: "custom_tool_call", call_id: "c", name: "echo", input: "" })).toBe(
    "unsupported custom tool call: echo",
  );
});

test("a bug in a tool is a sentence, not an exception", async () => {
  expect(await output(functionCall("broken", "{}"))).toBe("broken failed: the tool has a bug");
});

test("an interrupt before the call, or during one that does not listen, answers that it was aborted", async () => {
  const before = await run(functionCall("echo", '{"text":"a"}'), AbortSignal.abort());
  expect(before).toMatchObject({ call_id: "c1", output: "aborted" });

  deafHasBegun = Promise.withResolvers();
  const controller = new AbortController();
  const during = run(functionCall("deaf", "{}"), controller.signal);
  await deafHasBegun.promise;
  controller.abort();
  expect(await during).toMatchObject({ call_id: "c1", output: "aborted" });
});
