import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

type Size = { readonly rows: number; readonly cols: number };

/** A terminal's size as a client gave it; `what` is the method's family, for the message. */
export function checkSize(size: Size, what: string): Result<Size> {
  return size.rows > 0 && size.cols > 0
    ? ok(size)
    : err(fail("invalidParams", `${what} size rows and cols must be greater than 0`));
}
