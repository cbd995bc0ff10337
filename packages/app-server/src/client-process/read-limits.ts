import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Limits } from "@codex/platform/run-limited";
import { checkSize } from "./check-size.ts";

/** What a client asks of a process, as both methods that start one have it. */
type Wish = {
  readonly tty?: boolean | undefined;
  readonly streamStdin?: boolean | undefined;
  readonly streamStdoutStderr?: boolean | undefined;
  /** Absent: as ever. Null: none. */
  readonly outputBytesCap?: number | null | undefined;
  readonly timeoutMs?: number | null | undefined;
  readonly size?: { readonly rows: number; readonly cols: number } | null | undefined;
};

export type ClientLimits = Limits & {
  /** Output is told as it comes. */
  readonly streams: boolean;
};

/** Bytes of each stream, and ms; source: the original. */
const defaultCap = 1024 * 1024;
const defaultTimeout = 10_000;
const defaultSize = { rows: 24, cols: 80 };

/** `method` and the family that messages about sizes name. */
export function readLimits(wish: Wish, method: string, family: string): Result<ClientLimits> {
  const { tty = false, streamStdin = false, streamStdoutStderr = false, timeoutMs: timeout = defaultTimeout } = wish;
  if (wish.size && !tty) return err(fail("invalidParams", `${method} size requires tty: true`));
  const size = checkSize(wish.size ?? defaultSize, family);
  if (!size.ok) return size;
  if (timeout !== null && timeout < 0) {
    return err(fail("invalidParams", `${method} timeoutMs must be non-negative, got ${timeout}`));
  }
  return ok({
    input: tty || streamStdin,
    terminal: tty ? size.value : undefined,
    outputCap: wish.outputBytesCap === undefined ? defaultCap : wish.outputBytesCap,
    timeout,
    streams: tty || streamStdoutStderr,
  });
}
