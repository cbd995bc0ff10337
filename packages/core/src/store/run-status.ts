import type { RunStatus } from "@codex/protocol/items";

/** A command's or a change's state as stored; one that was left running by a crash has failed. */
export function runStatusOf(value: unknown): RunStatus {
  if (value === "in_progress") return "inProgress";
  return value === "completed" || value === "declined" ? value : "failed";
}
