import { join } from "node:path";
import { endsInNewline, openAppend } from "@codex/platform/append-file";
import { readText } from "@codex/platform/read-file";
import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { textOf } from "./fields.ts";
import { fileError } from "./store-error.ts";

/**
 * Names stand in `$CODEX_HOME/session_index.jsonl`, one line for each time a thread was named:
 * `{"id","thread_name","updated_at"}`. A thread's last line counts. Source: the original 0.169.0, which reads it too.
 */
const indexPath = (codexHome: string): string => join(codexHome, "session_index.jsonl");

/** Names by thread id; those named last come last. */
export function threadNames(codexHome: string): Map<string, string> {
  const names = new Map<string, string>();
  const read = readText(indexPath(codexHome));
  for (const line of (read.ok ? (read.value ?? "") : "").split("\n")) {
    const entry = parseJson(line);
    const [id, name] = isObject(entry) ? [textOf(entry["id"]), textOf(entry["thread_name"])] : [];
    if (id === undefined || name === undefined) continue;
    names.delete(id);
    names.set(id, name);
  }
  return names;
}

export function nameThread(codexHome: string, id: string, name: string, nowMs: number): Result<void> {
  const path = indexPath(codexHome);
  const line = `${JSON.stringify({ id, thread_name: name, updated_at: new Date(nowMs).toISOString() })}\n`;
  const whole = endsInNewline(path);
  const file = openAppend(path, whole.ok ? "existing" : "create");
  if (!file.ok) return err(fileError("open", file.error));
  const written = file.value.append(whole.ok && !whole.value ? `\n${line}` : line);
  file.value.close();
  return written.ok ? ok(undefined) : err(fileError("write to", written.error));
}
