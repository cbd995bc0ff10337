import { join } from "node:path";
import { isObject, parseJson } from "@codex/protocol/json";
import type { Result } from "@codex/protocol/result";
import { textOf } from "./fields.ts";
import { appendLine, linesOf, withoutThread } from "./line-file.ts";

/**
 * Names stand in `$CODEX_HOME/session_index.jsonl`, one line for each time a thread was named:
 * `{"id","thread_name","updated_at"}`. A thread's last line counts. Source: the original 0.169.0, which reads it too.
 */
const indexPath = (codexHome: string): string => join(codexHome, "session_index.jsonl");

/** Names by thread id; those named last come last. */
export function threadNames(codexHome: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const line of linesOf(indexPath(codexHome))) {
    const entry = parseJson(line);
    const [id, name] = isObject(entry) ? [textOf(entry["id"]), textOf(entry["thread_name"])] : [];
    if (id === undefined || name === undefined) continue;
    names.delete(id);
    names.set(id, name);
  }
  return names;
}

export const nameThread = (codexHome: string, id: string, name: string, nowMs: number): Result<void> =>
  appendLine(
    indexPath(codexHome),
    JSON.stringify({ id, thread_name: name, updated_at: new Date(nowMs).toISOString() }),
  );

export const forgetName = (codexHome: string, id: string): Result<void> => withoutThread(indexPath(codexHome), id);
