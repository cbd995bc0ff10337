import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

const hello = model.says("Hello.");
const steps = [hello];

const schema = {
  type: "object",
  properties: { answer: { type: "string" } },
  required: ["answer"],
  additionalProperties: false,
};

const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Ways to ask, and what of the project goes with it. */
export const prompts: Scenario[] = [
  {
    name: "output schema",
    files: { "schema.json": JSON.stringify(schema) },
    steps: [model.says('{"answer":"yes"}')],
    runs: [{ args: ["--output-schema", "schema.json"] }],
  },
  {
    name: "output schema that is no JSON",
    files: { "schema.json": "{" },
    steps,
    runs: [{ args: ["--output-schema", "schema.json"] }],
    mentions: ["schema.json"],
  },
  {
    name: "image",
    prepare: async (ws) => void (await Bun.write(`${ws.path}/dot.png`, onePixel)),
    steps,
    runs: [{ args: ["-i", "dot.png", "--"] }],
  },
  { name: "missing image", steps, runs: [{ args: ["-i", "none.png", "--"] }] },
  { name: "last message to a file", steps, runs: [{ args: ["-o", "last.txt"] }] },
  { name: "prompt from standard input", steps, runs: [{ prompt: null, stdin: "From the pipe.\n" }] },
  { name: "prompt from standard input by a dash", steps, runs: [{ prompt: "-", stdin: "From the pipe.\n" }] },
  { name: "prompt and standard input", steps, runs: [{ prompt: "Read this.", stdin: "line 1\nline 2\n" }] },
  { name: "no prompt", steps, runs: [{ prompt: null, stdin: "" }] },
  { name: "prompt that is blank", steps, runs: [{ prompt: " " }] },
  {
    name: "AGENTS.md at two levels",
    files: { "AGENTS.md": "Root rules.\n", "sub/AGENTS.md": "Sub rules.\n", "sub/x.txt": "x" },
    steps,
    runs: [{ cwd: "sub" }],
  },
  {
    name: "AGENTS.md of the home and an override",
    files: { "AGENTS.md": "Root rules.\n", "AGENTS.override.md": "Override.\n" },
    prepare: async (ws) => void (await Bun.write(`${ws.codexHome}/AGENTS.md`, "Everywhere.\n")),
    steps,
  },
  {
    name: "notify program",
    config: 'notify = ["sh", "-c", "printf %s \\"$1\\" > notified.tmp && mv notified.tmp notified.json", "notify"]',
    steps,
    awaits: "notified.json",
  },
  {
    name: "developer instructions",
    config: 'developer_instructions = "Be brief."',
    steps,
  },
  { name: "thread source", steps, runs: [{ args: ["--thread-source", "user"] }] },
];
