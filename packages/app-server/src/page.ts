import { fail, type CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

/** One page of a list that is whole in memory; its cursor is the place where the next one begins, as the original's. */
export function page<T>(
  all: readonly T[],
  what: string,
  { cursor, limit }: { cursor?: string | null; limit?: number | null },
): Result<{ data: T[]; nextCursor: string | null }, CodexError> {
  const from = cursor === undefined || cursor === null ? 0 : Number(cursor);
  if (!Number.isSafeInteger(from) || from < 0 || cursor === "") return err(fail("unknownCursor", cursor ?? ""));
  if (from > all.length) return err(fail("cursorBeyondEnd", String(from), what, String(all.length)));
  const end = from + Math.max(1, limit ?? all.length);
  return ok({ data: all.slice(from, end), nextCursor: end < all.length ? String(end) : null });
}
