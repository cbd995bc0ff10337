import { endsInNewline, openAppend } from "@codex/platform/append-file";
import { readText } from "@codex/platform/read-file";
import { writeAtomic } from "@codex/platform/write-atomic";
import { err, ok, type Result } from "@codex/protocol/result";
import { isObject, parseJson } from "@codex/protocol/json";
import { fileError } from "./store-error.ts";

/** A small file of JSON lines about threads, each with the thread's `id`; only ever added to, but for a deleted thread. */
export function linesOf(path: string): string[] {
  const read = readText(path);
  return (read.ok ? (read.value ?? "") : "").split("\n").filter((line) => line !== "");
}

export function appendLine(path: string, line: string): Result<void> {
  const whole = endsInNewline(path);
  const file = openAppend(path, whole.ok ? "existing" : "create");
  if (!file.ok) return err(fileError("open", file.error));
  const written = file.value.append(whole.ok && !whole.value ? `\n${line}\n` : `${line}\n`);
  file.value.close();
  return written.ok ? ok(undefined) : err(fileError("write to", written.error));
}

/** Takes out every line of one thread; nothing is written where it has none. */
export function withoutThread(path: string, id: string): Result<void> {
  const lines = linesOf(path);
  const kept = lines.filter((line) => {
    const entry = parseJson(line);
    return !isObject(entry) || entry["id"] !== id;
  });
  if (kept.length === lines.length) return ok(undefined);
  const written = writeAtomic(path, kept.map((line) => `${line}\n`).join(""));
  return written.ok ? ok(undefined) : err(fileError("write to", written.error));
}
