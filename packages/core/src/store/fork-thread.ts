import { readBytes } from "@codex/platform/read-bytes";
import { err, ok, type Result } from "@codex/protocol/result";
import { checksum } from "./checksum.ts";
import { isLegacy, type SessionMeta } from "./rollout-line.ts";
import { lastWholeLine } from "./rollout-lines.ts";
import { fileError } from "./store-error.ts";
import type { StoredThread } from "./stored-thread.ts";

/** What a fork's first line says of where it comes from. */
export type ForkOrigin = Pick<
  SessionMeta,
  "forked_from_id" | "forked_from_ordinal_exclusive" | "history_base" | "history_base_check" | "history_mode"
>;

/**
 * A fork refers to its parent's lines up to now and copies none, as the original's does. `history_base_check` is ours, and
 * the original passes over it: with it a resume can tell that the parent was changed afterwards. A legacy parent's lines
 * have no numbers to refer to: its fork must copy them.
 */
export function forkOrigin(parent: Pick<StoredThread, "path" | "meta">): Result<ForkOrigin> {
  const bytes = readBytes(parent.path);
  if (!bytes.ok) return err(fileError("read", bytes.error));
  const { end, ordinal } = lastWholeLine(bytes.value);
  const { id } = parent.meta;
  if (isLegacy(parent.meta) || ordinal === undefined) return ok({ forked_from_id: id, history_mode: "legacy" });
  const exclusive = ordinal + 1;
  return ok({
    forked_from_id: id,
    forked_from_ordinal_exclusive: exclusive,
    history_mode: "paginated",
    history_base: { thread_id: id, end_ordinal_exclusive: exclusive, end_byte_offset: end },
    history_base_check: { xxh3: checksum(bytes.value.subarray(0, end)) },
  });
}
