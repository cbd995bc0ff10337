import { readText } from "@codex/platform/read-file";
import { lockSoon } from "@codex/platform/try-lock";
import { writeAtomic } from "@codex/platform/write-atomic";
import { err, ok, type Result } from "@codex/protocol/result";

/** Milliseconds; an addition takes a few. */
const patience = 5000;

/**
 * Adds a line, once, at the end of a file of rules; makes the file where it is
 * missing. Two writers take turns by `<file>.lock`. The error says why it is not written.
 */
export function appendRule(file: string, line: string): Result<void, string> {
  const lock = lockSoon(`${file}.lock`, patience);
  if (!lock.ok) return err(lock.error === "busy" ? "another process keeps it locked" : lock.error.reason);
  try {
    return appendUnlocked(file, line);
  } finally {
    lock.value.release();
  }
}

function appendUnlocked(file: string, line: string): Result<void, string> {
  const read = readText(file);
  if (!read.ok) return err(read.error.reason);
  const text = read.value ?? "";
  if (text.split(/\r?\n/).includes(line)) return ok(undefined);
  const separator = text === "" || text.endsWith("\n") ? "" : "\n";
  const written = writeAtomic(file, `${text}${separator}${line}\n`);
  return written.ok ? ok(undefined) : err(written.error.reason);
}

/** As the original writes it, so that either program finds the other's. */
export const prefixLine = (prefix: readonly string[]): string =>
  `prefix_rule(pattern=[${prefix.map((word) => JSON.stringify(word)).join(", ")}], decision="allow")`;

/** For one host and kind of request. */
export const networkLine = (host: string, protocol: string, decision: "allow" | "deny"): string =>
  `network_rule(host=${JSON.stringify(host)}, protocol=${JSON.stringify(protocol)}, decision="${decision}")`;
