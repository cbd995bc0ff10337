import { isObject } from "@codex/protocol/json";
import type { ThreadSourceKind as SourceKind } from "@codex/protocol/thread-source-kind";
import type { SessionMeta } from "./rollout-line.ts";

/** The faces with a person behind them: what a list shows that does not ask for others. */
export const interactiveSources: readonly SourceKind[] = ["cli", "vscode"];

/** Rollouts name it in their own words; source: the original's. */
export function sourceKindOf(source: SessionMeta["source"] | undefined): SourceKind {
  if (isObject(source)) return subAgentKind((source as { subagent?: unknown }).subagent);
  return bySource[source ?? ""] ?? "unknown";
}

const bySource: Partial<Record<string, SourceKind>> = {
  cli: "cli",
  vscode: "vscode",
  exec: "exec",
  mcp: "appServer",
  app_server: "appServer",
};

function subAgentKind(agent: unknown): SourceKind {
  if (agent === "review") return "subAgentReview";
  if (agent === "compact") return "subAgentCompact";
  if (isObject(agent)) return "thread_spawn" in agent ? "subAgentThreadSpawn" : "subAgentOther";
  return "unknown";
}
