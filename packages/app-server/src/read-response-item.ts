import { isObject } from "@codex/protocol/json";
import type { ResponseItem } from "@codex/protocol/responses";
import { err, ok, type Result } from "@codex/protocol/result";

/** The item that a client gives, as far as it must be right for the service; an unknown type goes as it is. */
export function readResponseItem(value: unknown): Result<ResponseItem, string> {
  if (!isObject(value)) return err(`invalid type: ${shown(value)}, expected internally tagged enum ResponseItem`);
  const { type } = value;
  if (type === undefined) return err("missing field `type`");
  if (typeof type !== "string") return err(`invalid type: ${kindOf(type)}, expected variant identifier`);
  const problem = required[type]?.flatMap(([field, kind]) => fieldProblem(value, field, kind))[0];
  return problem === undefined ? ok(value as ResponseItem) : err(problem);
}

type Kind = "string" | "sequence" | "string or sequence";

const required: Readonly<Record<string, readonly (readonly [field: string, kind: Kind])[]>> = {
  message: [
    ["role", "string"],
    ["content", "sequence"],
  ],
  reasoning: [["summary", "sequence"]],
  function_call: [
    ["name", "string"],
    ["arguments", "string"],
    ["call_id", "string"],
  ],
  function_call_output: [["output", "string or sequence"]],
  custom_tool_call: [
    ["call_id", "string"],
    ["name", "string"],
    ["input", "string"],
  ],
  custom_tool_call_output: [
    ["call_id", "string"],
    ["output", "string or sequence"],
  ],
};

function fieldProblem(item: Record<string, unknown>, field: string, kind: Kind): string[] {
  const value = item[field];
  if (value === undefined) return [`missing field \`${field}\``];
  const fits = (typeof value === "string" && kind !== "sequence") || (Array.isArray(value) && kind !== "string");
  return fits ? [] : [`invalid type: ${shown(value)}, expected a ${kind}`];
}

const kindOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "sequence" : typeof value === "object" ? "map" : typeof value;

/** As the original's messages name a value. */
function shown(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "sequence";
  switch (typeof value) {
    case "string":
      return `string ${JSON.stringify(value)}`;
    case "number":
      return `${Number.isInteger(value) ? "integer" : "floating point"} \`${value}\``;
    case "boolean":
      return `boolean \`${value}\``;
    default:
      return "map";
  }
}
