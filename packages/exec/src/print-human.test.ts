import { expect, test } from "bun:test";
import type { ThreadOpened } from "@codex/protocol/methods/thread-opened";
import type { ServerNotification } from "@codex/protocol/notifications";
import {
  change,
  command,
  completed,
  ended,
  failing,
  message,
  planned,
  started,
  thought,
  used,
  warning,
} from "./exec.test-support.ts";
import type { ExecOptions } from "./options.ts";
import { printHuman } from "./print-human.ts";

const opened = {
  thread: { id: "01a1" },
  cwd: "/w",
  model: "gpt-5.5",
  modelProvider: "mock",
  approvalPolicy: "never",
  sandbox: {
    type: "workspaceWrite",
    writableRoots: ["/more"],
    networkAccess: true,
    excludeTmpdirEnvVar: true,
    excludeSlashTmp: false,
  },
  reasoningEffort: "high",
} as ThreadOpened;

/** What is printed on each stream. */
function print(options: Partial<ExecOptions>, notifications: ServerNotification[], last?: string, sameScreen = false) {
  const printed = { out: "", err: "" };
  const io = {
    out: (text: string) => void (printed.out += text),
    err: (text: string) => void (printed.err += text),
    sameScreen,
  };
  const base = {
    color: false,
    hideReasoning: false,
    showRawReasoning: false,
    reasoningEffort: "medium",
    reasoningSummary: "auto",
    version: "1.2.3",
  };
  const printer = printHuman(io, { ...base, ...options } as ExecOptions);
  printer.started(opened, "do it");
  const banner = printed.err;
  printed.err = "";
  for (const notification of notifications) printer.show(notification);
  const shown = printed.err;
  printer.finished(last);
  return { banner, shown, all: printed.err, out: printed.out };
}

const line = "/bin/bash -lc 'make'";
const turn: ServerNotification[] = [
  completed(thought(["**Looking**"], ["raw thoughts"])),
  started(command(line)),
  completed(command(line, { status: "completed", aggregatedOutput: "built\n", exitCode: 0, durationMs: 12 })),
  completed(command("false", { status: "failed", aggregatedOutput: "", exitCode: 1, durationMs: 3 })),
  completed(command("rm", { status: "declined" })),
  started(change("inProgress")),
  completed(change("completed")),
  planned(["read", "completed"], ["write", "inProgress"], ["test", "pending"]),
  completed({ type: "webSearch", id: "ws", query: "bun", action: null, results: null }),
  completed({ type: "imageView", id: "iv", path: "/w/a.png" }),
  completed({ type: "contextCompaction", id: "cc" }),
  warning("careful"),
  failing("Reconnecting... 1/5", true),
  failing("no good", false),
  completed(message("Half", { incomplete: true })),
  completed(message("All done.")),
  used(2, 50),
];

test("the banner says what the run works with", () => {
  expect(print({}, []).banner).toBe(
    [
      "OpenAI Codex v1.2.3",
      "--------",
      "workdir: /w",
      "model: gpt-5.5",
      "provider: mock",
      "approval: never",
      "sandbox: workspace-write [workdir, /tmp, /more] (network access enabled)",
      "reasoning effort: high",
      "reasoning summaries: auto",
      "session id: 01a1",
      "--------",
      "user",
      "do it",
      "",
    ].join("\n"),
  );
});

test("a turn in plain text", () => {
  expect(print({}, turn).shown.split("\n")).toEqual([
    "**Looking**",
    "exec",
    "/bin/bash -lc 'make' in /w",
    " succeeded in 12ms:",
    "built",
    " exited 1 in 3ms:",
    " declined",
    "apply patch",
    "patch: completed",
    "/w/new",
    "/w/old",
    "/w/a -> /w/b",
    "/w/c",
    "plan",
    "  ✓ read",
    "  → write",
    "  • test",
    "web search bun",
    "view image /w/a.png",
    "context compacted",
    "warning: careful",
    "warning: Reconnecting... 1/5",
    "codex",
    "Half [cut off]",
    "codex",
    "All done.",
    "",
  ]);
});

test("in colour it is the same text", () => {
  const { shown, banner } = print({ color: true }, turn);
  expect(Bun.stripANSI(shown)).toBe(print({}, turn).shown);
  expect(banner).toContain("\x1b[1mmodel:\x1b[0m gpt-5.5\n");
  expect(shown).toContain("\x1b[35;3mexec\x1b[0m\n\x1b[1m/bin/bash -lc 'make'\x1b[0m in /w\n");
  expect(shown).toContain("\x1b[32m succeeded in 12ms:\x1b[0m\n\x1b[2mbuilt\x1b[0m\n");
  expect(shown).toContain("\x1b[31m exited 1 in 3ms:\x1b[0m\n");
  expect(print({}, turn).all).not.toContain("\x1b");
});

test("thoughts are hidden or shown raw as the settings say", () => {
  const thoughts = [completed(thought(["short"], ["long"]))];
  expect(print({ hideReasoning: true }, thoughts).shown).toBe("");
  expect(print({ showRawReasoning: true }, thoughts).shown).toBe("short\n\nlong\n");
  expect(print({}, [completed(thought([], ["long"]))]).shown).toBe("");
});

test("nothing that the model, a command or the server says reaches the terminal with its control characters", () => {
  const evil = "a\x1b]52;c;aGk=\x07\x1b[2Jb\r";
  const { shown } = print({}, [
    started(command(evil, { cwd: `/w${evil}` })),
    completed(command(evil, { status: "completed", aggregatedOutput: evil, exitCode: 0 })),
    completed(message(evil)),
    completed(thought([evil])),
    completed({
      type: "fileChange",
      id: "f",
      status: "completed",
      changes: [{ path: evil, kind: { type: "update", move_path: evil }, diff: "" }],
    }),
    completed({ type: "webSearch", id: "ws", query: evil, action: null, results: null }),
    completed({ type: "imageView", id: "iv", path: evil }),
    planned([evil, "pending"]),
    warning(evil),
    failing(evil, true),
    { method: "model/rerouted", params: { threadId: "t", turnId: "u", fromModel: "a", toModel: evil, reason: "" } },
    { method: "configWarning", params: { summary: evil, details: null } },
    ended("failed", evil),
  ]);
  expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  expect(shown.match(/ab/g)).toHaveLength(15);
});

test("the end names the tokens, and the last message alone is on standard output", () => {
  const { all, out } = print({}, [used(1, 3000), ended("completed")], "All done.");
  expect(all).toEndWith("tokens used\n48,000\n");
  expect(out).toBe("All done.\n");
  expect(print({}, [], "All done.", true).out).toBe("");
  expect(print({}, []).all).toEndWith("tokens used\nunknown\n");
});

test.each([
  ["failed", "no good", "ERROR: no good\n"],
  ["failed", undefined, "ERROR: the turn failed\n"],
  ["interrupted", undefined, "ERROR: interrupted\n"],
  ["completed", undefined, ""],
] as const)("a turn that is %s (%p) ends in a sentence", (status, why, sentence) => {
  expect(print({}, [ended(status, why)]).shown).toBe(sentence);
});
