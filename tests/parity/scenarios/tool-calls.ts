import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

const done = model.says("Done.");

const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const plan = [
  { step: "Look", status: "completed" },
  { step: "Mend", status: "in_progress" },
  { step: "Test", status: "pending" },
];

/** Calls that go wrong, and the tools that are neither commands nor patches. */
export const toolCalls: Scenario[] = [
  { name: "call of an unknown function", steps: [model.call("frobnicate", { a: 1 }), done] },
  { name: "call of an unknown custom tool", steps: [model.custom("frobnicate", "x"), done] },
  { name: "call of a removed tool", steps: [model.call("shell", { command: ["ls"] }), done] },
  { name: "call with bad JSON", steps: [model.callRaw("exec_command", '{"cmd": '), done] },
  { name: "call with a missing field", steps: [model.callRaw("exec_command", '{"workdir":"."}'), done] },
  { name: "call with a wrong type", steps: [model.call("exec_command", { cmd: 7 }), done] },
  { name: "call with an unknown field", steps: [model.exec("echo hi", { frob: true }), done] },
  {
    name: "view_image",
    prepare: async (ws) => void (await Bun.write(`${ws.path}/dot.png`, onePixel)),
    steps: [model.call("view_image", { path: "dot.png" }), done],
  },
  { name: "view_image of a missing file", steps: [model.call("view_image", { path: "none.png" }), done] },
  {
    name: "view_image of a text",
    files: { "text.png": "no image" },
    steps: [model.call("view_image", { path: "text.png" }), done],
  },
  {
    name: "update_plan",
    runs: [{ args: ["-c", "tools.update_plan={enabled=true}"] }],
    steps: [
      model.call("update_plan", { plan, explanation: "A start." }),
      model.call("update_plan", { plan: plan.map(({ step }) => ({ step, status: "completed" })) }),
      done,
    ],
  },
  {
    name: "update_plan with a bad status",
    runs: [{ args: ["-c", "tools.update_plan={enabled=true}"] }],
    steps: [model.call("update_plan", { plan: [{ step: "Look", status: "maybe" }] }), done],
  },
  { name: "update_plan while it is off", steps: [model.call("update_plan", { plan }), done] },
  {
    name: "tool calls of several kinds at once",
    files: { "a.txt": "one\n" },
    steps: [
      [
        model.exec("cat a.txt"),
        model.call("frobnicate"),
        model.patch("*** Begin Patch\n*** Add File: b.txt\n+two\n*** End Patch"),
      ],
      done,
    ],
  },
];
