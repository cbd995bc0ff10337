import type { CommandAction, ThreadItemOf } from "@codex/protocol/items";
import type { JsonObject } from "@codex/protocol/json";
import { quotedWords, shellQuote } from "@codex/sandbox/shell-quote";
import { fieldsOf, given, listOf, numberOf, oneOf, textOf, textsOf, type Fields } from "./fields.ts";
import { pathOf, urlOf } from "./file-url.ts";
import { camelCase, snakeCase } from "./letter-case.ts";
import { runStatusOf } from "./run-status.ts";

type Command = ThreadItemOf<"commandExecution">;

export function commandFields(item: Command): JsonObject {
  return {
    ...given({ process_id: item.processId }),
    ...lineFields(item.command),
    cwd: urlOf(item.cwd),
    parsed_cmd: item.commandActions.map(({ type, command, ...rest }) => ({
      type: snakeCase(type),
      cmd: command,
      ...rest,
    })),
    source: snakeCase(item.source),
    status: snakeCase(item.status),
    ...given({ aggregated_output: item.aggregatedOutput, exit_code: item.exitCode }),
    ...given({ duration: item.durationMs === null ? undefined : durationOf(item.durationMs) }),
  };
}

/** A line that has no one reading as words goes beside them, under a key that the original passes over. */
function lineFields(line: string): JsonObject {
  const words = quotedWords(line);
  return words === undefined ? { command: [line], command_line: line } : { command: words };
}

export function commandOf(id: string, payload: Fields): Command {
  return {
    type: "commandExecution",
    id,
    command: textOf(payload["command_line"]) ?? shellQuote(textsOf(payload["command"])),
    cwd: pathOf(payload["cwd"]),
    processId: textOf(payload["process_id"]) ?? null,
    source: oneOf(camelCase(textOf(payload["source"]) ?? ""), [
      "agent",
      "userShell",
      "unifiedExecStartup",
      "unifiedExecInteraction",
    ]),
    status: runStatusOf(payload["status"]),
    commandActions: listOf(payload["parsed_cmd"]).map(actionOf),
    aggregatedOutput: textOf(payload["aggregated_output"]) ?? null,
    exitCode: numberOf(payload["exit_code"]) ?? null,
    durationMs: millisecondsOf(payload["duration"]),
    pluginId: null,
    scriptPath: null,
  };
}

function actionOf(action: Fields): CommandAction {
  const command = textOf(action["cmd"]) ?? "";
  const path = textOf(action["path"]);
  switch (action["type"]) {
    case "read":
      return { type: "read", command, name: textOf(action["name"]) ?? "", path: path ?? "" };
    case "list_files":
      return { type: "listFiles", command, path: path ?? null };
    case "search":
      return { type: "search", command, query: textOf(action["query"]) ?? null, path: path ?? null };
    default:
      return { type: "unknown", command };
  }
}

export const durationOf = (ms: number): JsonObject => ({
  secs: Math.floor(ms / 1000),
  nanos: Math.round((ms % 1000) * 1e6),
});

export function millisecondsOf(value: unknown): number | null {
  const { secs, nanos } = fieldsOf(value);
  const seconds = numberOf(secs);
  return seconds === undefined ? null : seconds * 1000 + Math.round((numberOf(nanos) ?? 0) / 1e6);
}
