import { expect, test } from "bun:test";
import { lookupModel } from "@codex/model/catalogue";
import type { ResponseItem } from "@codex/protocol/responses";
import { buildRequest, requestInput, type RequestModel, type RequestParts } from "./build-request.ts";

const model: RequestModel = {
  slug: "gpt-5.5",
  defaultReasoningEffort: "medium",
  defaultReasoningSummary: "none",
  supportsVerbosity: true,
  defaultVerbosity: "low",
  inputModalities: ["text", "image"],
  supportsParallelToolCalls: true,
};
const prompt: ResponseItem = {
  type: "message",
  id: "msg_1",
  role: "user",
  content: [{ type: "input_text", text: "hi" }],
  internal_chat_message_metadata_passthrough: { turn_id: "t" },
};
const parts: RequestParts = {
  threadId: "01a1fc2c-3b27-7d60-b558-5fba315af319",
  baseInstructions: "Base.",
  history: [prompt],
  tools: [],
  model,
  settings: {},
  sendItemMetadata: false,
  clientMetadata: { thread_id: "01a1fc2c-3b27-7d60-b558-5fba315af319" },
};
const { internal_chat_message_metadata_passthrough: _, ...sentPrompt } = prompt;
const history = (items: ResponseItem[], over: Partial<RequestParts> = {}) =>
  requestInput({ ...parts, ...over, history: items }).slice(1);

test("a plain turn", () => {
  const request = buildRequest(parts);
  expect(request).toEqual({
    model: "gpt-5.5",
    stream: true,
    input: [
      {
        type: "message",
        id: expect.stringMatching(/^msg_[0-9a-f-]{36}$/),
        role: "developer",
        content: [{ type: "input_text", text: "Base." }],
      },
      sentPrompt,
    ],
    tools: [],
    tool_choice: "auto",
    parallel_tool_calls: true,
    reasoning: { effort: "medium" },
    store: false,
    include: ["reasoning.encrypted_content"],
    prompt_cache_key: parts.threadId,
    text: { verbosity: "low" },
    client_metadata: { thread_id: parts.threadId },
  });
  expect(buildRequest(parts).input[0]?.id).toBe(request.input[0]?.id);
  expect(buildRequest({ ...parts, threadId: "other" }).input[0]?.id).not.toBe(request.input[0]?.id);
});

test("settings go before the model's defaults", () => {
  const schema = { type: "object" };
  const { reasoning, text, service_tier } = buildRequest({
    ...parts,
    settings: {
      reasoningEffort: "high",
      reasoningSummary: "detailed",
      verbosity: "high",
      serviceTier: "fast",
      outputSchema: schema,
    },
  });
  expect({ reasoning, text, service_tier }).toEqual({
    reasoning: { effort: "high", summary: "detailed" },
    text: { verbosity: "high", format: { type: "json_schema", strict: true, schema, name: "codex_output_schema" } },
    service_tier: "priority",
  });
});

test("a model that nothing is known of", () => {
  const request = buildRequest({ ...parts, model: lookupModel("mystery").model, settings: { verbosity: "high" } });
  expect(request.reasoning).toEqual({ summary: "auto" });
  expect("text" in request).toBe(false);
  expect(request.parallel_tool_calls).toBe(true);
});

test("a model that calls one tool at a time is told so", () => {
  expect(buildRequest({ ...parts, model: { ...model, supportsParallelToolCalls: false } }).parallel_tool_calls).toBe(
    false,
  );
});

test("the built-in provider gets the marks", () => {
  expect(history([prompt], { sendItemMetadata: true })).toEqual([prompt]);
});

test("ids go back only with their type's prefix", () => {
  const reasoning = { type: "reasoning", summary: [], content: null, encrypted_content: "x" } as const;
  expect(
    history([
      { ...prompt, id: "m1" },
      { ...reasoning, id: "rs_1", summary: [] },
    ]),
  ).toEqual([
    { type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] },
    { ...reasoning, id: "rs_1", summary: [] },
  ]);
});

test("unknown items go back as they came", () => {
  const item = { type: "future_item", id: "x1", payload: { a: 1 } };
  expect(history([item])).toEqual([item]);
});

test("calls and outputs are made pairs", () => {
  const call = { type: "function_call", id: "fc_1", call_id: "c1", name: "f", arguments: "{}" } as const;
  const patch = { type: "custom_tool_call", id: "ctc_1", call_id: "c2", name: "p", input: "x" } as const;
  const output = { type: "function_call_output", call_id: "c1", output: "done" } as const;
  const lonely = { type: "function_call_output", call_id: "c9", output: "?" } as const;
  expect(history([call, patch, output, lonely])).toEqual([
    call,
    patch,
    { type: "custom_tool_call_output", call_id: "c2", output: "aborted" },
    output,
  ]);
});

test("a model without eyes gets words in an image's place", () => {
  const image = { type: "input_image" as const, image_url: "data:image/png;base64,AA==" };
  const words = { type: "input_text", text: "[An image stood here; this model cannot see images.]" };
  const call = { type: "function_call", call_id: "c1", name: "view_image", arguments: "{}" } as const;
  const items: ResponseItem[] = [
    { type: "message", role: "user", content: [image] },
    call,
    { type: "function_call_output", call_id: "c1", output: [image] },
  ];
  expect(history(items, { model: { ...model, inputModalities: ["text"] } })).toEqual([
    { type: "message", role: "user", content: [words] },
    call,
    { type: "function_call_output", call_id: "c1", output: [words] },
  ]);
  expect(history(items)).toEqual(items);
});
