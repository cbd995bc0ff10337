import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

const twoTurns = [
  [model.thinks("**Note**", { encrypted: "sealed" }), model.exec("echo first")],
  model.says("First."),
  model.says("Second."),
];

const again = ["resume", "{thread}"];
const isCommandStart = (event: { type?: unknown; item?: unknown }): boolean =>
  event.type === "item.started" && JSON.stringify(event.item).includes("command_execution");

/** Threads over more than one run, and runs that are interrupted. */
export const sessions: Scenario[] = [
  { name: "resume by id", steps: twoTurns, runs: [{ prompt: "One." }, { args: again, prompt: "Two." }], rollout: true },
  {
    name: "resume --last",
    steps: twoTurns,
    runs: [{ prompt: "One." }, { args: ["resume", "--last"], prompt: "Two." }],
  },
  {
    name: "fork",
    steps: twoTurns,
    runs: [{ prompt: "One." }, { args: ["fork", "{thread}"], prompt: "Two." }],
    rollout: true,
  },
  {
    name: "original resumes",
    steps: twoTurns,
    runs: [{ prompt: "One." }, { args: again, prompt: "Two.", by: "original" }],
  },
  {
    name: "original is resumed",
    steps: twoTurns,
    runs: [
      { prompt: "One.", by: "original" },
      { args: again, prompt: "Two." },
    ],
  },
  {
    name: "original goes on with a forth and back",
    steps: [...twoTurns, model.says("Third.")],
    runs: [
      { prompt: "One.", by: "original" },
      { args: again, prompt: "Two." },
      { args: again, prompt: "Three.", by: "original" },
    ],
  },
  {
    name: "resume of an unknown id",
    steps: twoTurns,
    runs: [{ args: ["resume", "01a1fc2c-3b27-7d60-b558-5fba315af319"] }],
    mentions: ["no rollout found"],
  },
  { name: "resume of an unknown name", steps: () => model.says("New."), runs: [{ args: ["resume", "no-such-name"] }] },
  {
    name: "resume with another model",
    steps: twoTurns,
    runs: [{ prompt: "One." }, { args: ["-m", "mock-model", ...again], prompt: "Two." }],
  },
  {
    name: "resume with another sandbox",
    steps: twoTurns,
    runs: [{ prompt: "One." }, { args: again, sandbox: "read-only", prompt: "Two." }],
  },
  { name: "ephemeral", steps: [model.says("Hello.")], runs: [{ args: ["--ephemeral"] }], rollout: true },
  {
    name: "interrupted during a command",
    steps: [model.exec("sleep 20"), model.says("Never.")],
    // Its lines are not compared: whether the original records the command's end depends on which of the two ends first.
    // That ours always does is held by tests/interrupt.test.ts.
    runs: [{ interruptAt: isCommandStart }],
  },
  {
    name: "resumed after an interrupt",
    steps: [model.exec("sleep 20"), model.says("Again.")],
    runs: [{ interruptAt: isCommandStart }, { args: again, prompt: "Two." }],
  },
];
