import type { ThreadItem } from "@codex/protocol/items";
import type { ThreadEvent } from "@codex/protocol/notifications";

type Place = { readonly threadId: string; readonly turnId: string };

/** Times: Unix milliseconds. */
export const itemStarted = (item: ThreadItem, { threadId, turnId }: Place, startedAtMs: number): ThreadEvent => ({
  method: "item/started",
  params: { item: { ...item, startedAtMs, completedAtMs: null }, threadId, turnId, startedAtMs },
});

/** When it began is told in the item alone, as the original does. */
export const itemCompleted = (
  item: ThreadItem,
  { threadId, turnId }: Place,
  { startedAtMs, completedAtMs }: { startedAtMs: number; completedAtMs: number },
): ThreadEvent => ({
  method: "item/completed",
  params: { item: { ...item, startedAtMs, completedAtMs }, threadId, turnId, contentTokenCount: null, completedAtMs },
});
