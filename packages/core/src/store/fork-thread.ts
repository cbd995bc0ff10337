import { readBytes } from "@codex/platform/read-bytes";
import { err, ok, type Result } from "@codex/protocol/result";
import { checksum } from "./checksum.ts";
import type { SessionMeta } from "./rollout-line.ts";
import { fileError } from "./store-error.ts";
import type { StoredThread } from "./stored-thread.ts";

/** What a fork's first line says of where it comes from. */
export type ForkOrigin = Pick<
  SessionMeta,
  "forked_from_id" | "forked_from_ordinal_exclusive" | "history_base" | "history_base_check" | "history_mode"
>;

/**
 * A fork refers to its parent's lines, as far as they were read, and copies none, as the original's does. A legacy parent's
 * lines have no numbers to refer to: its fork must copy them.
 */
export function forkOrigin(parent: Pick<StoredThread, "upTo" | "meta">): Result<ForkOrigin> {
  const { id } = parent.meta;
  if (parent.upTo === undefined) return ok({ forked_from_id: id, history_mode: "legacy" });
  const reference = historyReference(parent.upTo);
  if (!reference.ok) return reference;
  return ok({
    forked_from_id: id,
    forked_from_ordinal_exclusive: parent.upTo.base.end_ordinal_exclusive,
    history_mode: "paginated",
    ...reference.value,
  });
}

/**
 * `history_base_check` is ours, and the original passes over it: with it a resume can tell that what is referred to was
 * changed afterwards.
 */
export function historyReference({
  path,
  base,
}: NonNullable<StoredThread["upTo"]>): Result<Pick<SessionMeta, "history_base" | "history_base_check">> {
  const bytes = readBytes(path);
  if (!bytes.ok) return err(fileError("read", bytes.error));
  const referred = bytes.value.subarray(0, base.end_byte_offset);
  return ok({ history_base: base, history_base_check: { xxh3: checksum(referred) } });
}
