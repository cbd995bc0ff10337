import { expect, test } from "bun:test";
import type { ThreadItemOf } from "@codex/protocol/items";
import { answerOfItem } from "./answer-of-item.ts";

const command: ThreadItemOf<"commandExecution"> = {
  type: "commandExecution",
  id: "call_1",
  command: "ls",
  cwd: "/work",
  processId: null,
  source: "unifiedExecStartup",
  status: "failed",
  commandActions: [],
  aggregatedOutput: "a.txt\n",
  exitCode: 2,
  durationMs: 5,
  pluginId: null,
  scriptPath: null,
};

test("a command that ended tells its exit code and output", () => {
  expect(answerOfItem(command)).toBe("Process exited with code 2\nOutput:\na.txt\n");
});

test("an output that is too long loses its middle", () => {
  const answer = answerOfItem({ ...command, aggregatedOutput: "x".repeat(100_000) }) ?? "";
  expect(answer.length).toBeLessThan(41_000);
  expect(answer).toContain("tokens truncated");
});

test("a command that was not to run, or has not ended, tells nothing", () => {
  expect(answerOfItem({ ...command, exitCode: null, status: "declined" })).toBeUndefined();
});

test("a change that was made tells its files, one that failed nothing", () => {
  const changes = [
    { path: "/w/new", kind: { type: "add" as const }, diff: "" },
    { path: "/w/old", kind: { type: "update" as const, move_path: "/w/moved" }, diff: "" },
  ];
  const change = { type: "fileChange" as const, id: "call_2", changes };
  expect(answerOfItem({ ...change, status: "completed" })).toBe(
    "Success. Updated the following files:\nA /w/new\nM /w/moved",
  );
  expect(answerOfItem({ ...change, status: "failed" })).toBeUndefined();
});
