import { newId } from "@codex/platform/ids";
import type { MessageItem } from "@codex/protocol/responses";
import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { contextMessage, textPart } from "../context/context-message.ts";
import text from "./approved-action.md" with { type: "text" };

/** A review's end as clients hand it back: in snake_case, as the original 0.169.0 writes it into logs. */
type ReviewEvent = { readonly isDenied: boolean; readonly action: Readonly<Record<string, unknown>> };

const statuses = ["in_progress", "approved", "denied", "timed_out", "aborted"];
const actions = [
  "command",
  "execve",
  "write_stdin",
  "apply_patch",
  "network_access",
  "mcp_tool_call",
  "request_permissions",
];
const sources = ["shell", "unified_exec"];

/**
 * What tells the model and the reviewer that the user approves an action that was denied; undefined where the review did not
 * deny it. The error is for the client.
 */
export function approveDenied(event: unknown, now: () => number): Result<MessageItem | undefined, string> {
  const read = readEvent(event);
  if (!read.ok) return err(`invalid Guardian denial event: ${read.error}`);
  const { isDenied, action } = read.value;
  if (!isDenied) return ok(undefined);
  const shown = JSON.stringify({ action, outcome: "allowed" }, null, 2);
  const part = textPart("guardian.approved_action", `${text.trim()}\n\n${shown}`);
  return ok(contextMessage("developer", [part], { turnId: newId(), now, newId }));
}

function readEvent(event: unknown): Result<ReviewEvent, string> {
  if (!isObject(event)) return err("it is not an object");
  const { status, action } = event;
  const missing = ["id", "status", "action"].find((field) => event[field] === undefined);
  if (missing !== undefined) return err(`missing field \`${missing}\``);
  if (typeof event["id"] !== "string") return err("`id` is not a string");
  if (typeof status !== "string" || !statuses.includes(status)) return err(unknown(status, statuses));
  if (!isObject(action)) return err("`action` is not an object");
  const { type, source } = action;
  if (typeof type !== "string" || !actions.includes(type)) return err(unknown(type, actions));
  const hasSource = type === "command" || type === "execve";
  if (hasSource && (typeof source !== "string" || !sources.includes(source))) return err(unknown(source, sources));
  return ok({ isDenied: status === "denied", action });
}

const unknown = (value: unknown, known: readonly string[]): string =>
  `unknown variant \`${String(value)}\`, expected one of ${known.map((name) => `\`${name}\``).join(", ")}`;
