import { expect, test } from "bun:test";
import { Type as T } from "@sinclair/typebox";
import type { ToolCallItem } from "@codex/protocol/responses";
import { defineTool, type Tool, type ToolContext } from "./define-tool.ts";
import { dispatchTool } from "./dispatch.ts";
import { Turnstile } from "./turnstile.ts";

const said: Tool = defineTool({
  name: "say",
  description: "",
  parameters: T.Object({ words: T.String() }, { additionalProperties: false }),
  run: async (args) => ({ ok: true, forModel: JSON.stringify(args) }),
});
const freeform: Tool = {
  kind: "freeform",
  name: "apply_patch",
  description: "",
  grammar: "",
  run: async (input) => ({ ok: true, forModel: `patched with ${input}` }),
};

/** What the model reads of a call. */
async function outputOf(call: ToolCallItem): Promise<unknown> {
  const context = { signal: new AbortController().signal } as ToolContext;
  const item = await dispatchTool(call, [said, freeform], context, new Turnstile());
  return "output" in item ? item.output : undefined;
}

const call = (name: string, args: string): ToolCallItem => ({
  type: "function_call",
  name,
  arguments: args,
  call_id: "call_1",
});

test.each([
  ["a field no tool knows is left out", call("say", '{"words":"hi","frob":true}'), '{"words":"hi"}'],
  [
    "a missing field is named",
    call("say", '{"frob":true}'),
    "failed to parse function arguments: missing field `words` at line 1 column 13",
  ],
  ["a freeform tool can be called as a function", call("apply_patch", '{"input":"x"}'), "patched with x"],
  ["but not without its text", call("apply_patch", "{}"), "unsupported call: apply_patch"],
  ["an unknown function", call("frob", "{}"), "unsupported call: frob"],
  ["a removed tool", call("shell", "{}"), "unsupported call: shell; use exec_command"],
  [
    "an unknown freeform tool",
    { type: "custom_tool_call", name: "frob", input: "", call_id: "call_1" } satisfies ToolCallItem,
    "unsupported custom tool call: frob",
  ],
])("%s", async (_name, call, output) => {
  expect(await outputOf(call)).toBe(output);
});
