/**
 * What went wrong:
 * - `not_found`, `not_started`: there is no program, or it cannot be run
 * - `invalid_option`: an option has no meaning
 * - `busy`: the thread has a turn already
 * - `turn_failed`: the turn ended with an error, which is the message
 * - `exited`, `killed`: the program ended by itself with a code, or by a signal
 * - `no_result`: it ended well, but the turn had not
 * - `malformed_line`: it printed what is no event
 */
export type CodexFailure =
  | "not_found"
  | "not_started"
  | "invalid_option"
  | "busy"
  | "turn_failed"
  | "exited"
  | "killed"
  | "no_result"
  | "malformed_line";

/** What every method throws, but for an abort: that is an `AbortError`, as Node's own. */
export class CodexError extends Error {
  override readonly name = "CodexError";
  readonly code: CodexFailure;
  /** The last of what the program wrote to standard error, up to 16 KiB; "" before it ran. */
  readonly stderr: string;
  /** Of a program that has `exited`. */
  readonly exitCode: number | undefined;

  constructor(
    code: CodexFailure,
    message: string,
    details: { stderr?: string; exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.stderr = details.stderr ?? "";
    this.exitCode = details.exitCode;
  }
}

/** An error like those of Node's own functions that take a signal, with the signal's reason as its cause. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error("The turn was aborted.", { cause: signal.reason });
  error.name = "AbortError";
  return Object.assign(error, { code: "ABORT_ERR" });
}
