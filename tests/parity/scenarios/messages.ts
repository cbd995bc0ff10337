import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

/** What a model says and thinks, and what its stream holds besides. */
export const messages: Scenario[] = [
  { name: "text", steps: [model.says("Hello.")], rollout: true },
  { name: "text in deltas", steps: [model.says("Grüße an alle 👋, one by one.", { deltas: 9 })] },
  { name: "text of an unknown model", model: "mock-model", steps: [model.says("Hello.")], rollout: true },
  {
    name: "text, not as JSON",
    steps: [[model.thinks("**Greeting**"), model.says("Hello.")]],
    runs: [{ json: false }],
  },
  {
    name: "two messages with phases",
    steps: [
      [model.says("I look first.", { phase: "commentary" }), model.says("Nothing to do.", { phase: "final_answer" })],
    ],
  },
  {
    name: "reasoning with a summary",
    steps: [
      [model.thinks(["**First**\n\nA thought.", "**Second**"], { encrypted: "sealed", deltas: 3 }), model.exec("true")],
      model.says("Thought."),
    ],
    rollout: true,
  },
  {
    name: "reasoning with raw text",
    steps: [[model.thinks("**Look**", { text: "Raw words." }), model.exec("true")], model.says("Thought.")],
  },
  {
    name: "reasoning set in the config",
    config: 'model_reasoning_effort = "high"\nmodel_reasoning_summary = "detailed"\nmodel_verbosity = "high"',
    steps: [model.says("Hello.")],
  },
  { name: "web search", steps: [[model.webSearch("bun test"), model.says("Found.")]] },
  { name: "web search and no message", steps: [model.webSearch("bun test")] },
  {
    name: "item of an unknown type",
    steps: [[model.item({ type: "hologram", id: "holo_1", data: "x" }), model.exec("true")], model.says("Seen.")],
  },
  {
    name: "event of an unknown type",
    steps: [[model.event({ type: "response.sparkled", shine: 3 }), model.says("Seen.")]],
  },
  {
    name: "message with a refusal",
    steps: [
      model.item({
        type: "message",
        id: "msg_refusal",
        role: "assistant",
        content: [
          { type: "output_text", text: "Half of it." },
          { type: "refusal", refusal: "Not the rest." },
        ],
      }),
    ],
  },
  {
    name: "item ids without their prefix",
    steps: [[model.says("First.", { id: "m1" }), model.exec("true", undefined, { id: "f1" })], model.says("Second.")],
  },
  { name: "end_turn false", steps: [[model.says("More to come."), model.endTurn(false)], model.says("That was it.")] },
  { name: "usage missing", steps: [[model.says("Hello."), model.usage(null)]] },
  {
    name: "usage of two requests",
    steps: [
      [model.exec("true"), model.usage({ input: 1000, cached: 400, cacheWrite: 50, output: 70, reasoning: 30 })],
      [model.says("Counted."), model.usage({ input: 2000, cached: 1500, output: 10 })],
    ],
  },
  {
    name: "stream in small chunks with CRLF",
    steps: [[model.says("Grüße 👋", { deltas: 2 }), model.wire({ lineEnd: "crlf", chunkBytes: 7 })]],
  },
  {
    name: "model rerouted by the server",
    steps: [[model.headers({ "openai-model": "gpt-5.4" }), model.says("Hello.")]],
  },
  {
    name: "turn state",
    steps: [
      [model.headers({ "x-codex-turn-state": "first" }), model.exec("true")],
      [model.headers({ "x-codex-turn-state": "second" }), model.exec("true")],
      model.says("Done."),
    ],
  },
];
