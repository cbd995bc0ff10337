import type { ModelEvent } from "@codex/model/model-event";
import type { ThreadItem } from "@codex/protocol/items";
import type { ThreadEvent } from "@codex/protocol/notifications";
import { itemCompleted, itemStarted } from "./item-events.ts";
import { threadItem } from "./thread-item.ts";

/** The items that have begun and not ended, by id. One sampling owns one such map. */
export type OpenItems = Map<string, { item: ThreadItem; startedAtMs: number }>;

type At = { threadId: string; turnId: string; now: number };

/**
 * What faces are told of one event of the model. Pure but for `open`, which it keeps: deltas are gathered there, so that an
 * item that is cut can still be shown and stored with what had come of it.
 */
export function mapModelEvent(event: ModelEvent, at: At, open: OpenItems): ThreadEvent[] {
  const ref = { threadId: at.threadId, turnId: at.turnId };
  switch (event.type) {
    case "itemStarted": {
      const item = threadItem(event.item, event.itemId);
      return item ? [startItem(item, at, open)] : [];
    }
    case "textDelta": {
      const found = open.get(event.itemId)?.item;
      if (found?.type === "agentMessage") found.text += event.delta;
      return [{ method: "item/agentMessage/delta", params: { ...ref, itemId: event.itemId, delta: event.delta } }];
    }
    case "reasoningSummaryPart":
      return [
        {
          method: "item/reasoning/summaryPartAdded",
          params: { ...ref, itemId: event.itemId, summaryIndex: event.index },
        },
      ];
    case "reasoningSummaryDelta": {
      const found = open.get(event.itemId)?.item;
      if (found?.type === "reasoning") extend(found.summary, event.index, event.delta);
      const params = { ...ref, itemId: event.itemId, delta: event.delta, summaryIndex: event.index };
      return [{ method: "item/reasoning/summaryTextDelta", params }];
    }
    case "reasoningDelta": {
      const found = open.get(event.itemId)?.item;
      if (found?.type === "reasoning") extend(found.content, event.index, event.delta);
      const params = { ...ref, itemId: event.itemId, delta: event.delta, contentIndex: event.index };
      return [{ method: "item/reasoning/textDelta", params }];
    }
    case "item": {
      const item = threadItem(event.item, event.itemId);
      if (!item) return [];
      const started = open.has(event.itemId) ? [] : [startItem(item, at, open)];
      return [...started, completeItem(item, at, open)];
    }
    case "rateLimits":
      return [{ method: "account/rateLimits/updated", params: { rateLimits: event.snapshot } }];
    case "rerouted":
      return [
        {
          method: "model/rerouted",
          params: { ...ref, fromModel: event.from, toModel: event.to, reason: "highRiskCyberActivity" },
        },
      ];
    case "retrying": {
      const replaced = [...open.keys()];
      const params = {
        ...ref,
        error: event.error,
        willRetry: true,
        ...(replaced.length === 0 ? {} : { replacedItemIds: replaced }),
      };
      return [...closeCutItems(at, open), { method: "error", params }];
    }
    case "failed":
      return [
        ...closeCutItems(at, open),
        { method: "error", params: { ...ref, error: event.error, willRetry: false } },
      ];
    case "created":
    case "completed":
      return [];
  }
}

/** Ends every item the stream left open: each item that was begun is completed, and what had come of it is kept as cut. */
export function closeCutItems(at: At, open: OpenItems): ThreadEvent[] {
  return [...open.values()].map(({ item }) =>
    completeItem(item.type === "agentMessage" ? { ...item, incomplete: true } : item, at, open),
  );
}

function startItem(item: ThreadItem, at: At, open: OpenItems): ThreadEvent {
  open.set(item.id, { item: structuredClone(item), startedAtMs: at.now });
  return itemStarted(item, at, at.now);
}

function completeItem(item: ThreadItem, at: At, open: OpenItems): ThreadEvent {
  const startedAtMs = open.get(item.id)?.startedAtMs ?? at.now;
  open.delete(item.id);
  return itemCompleted(item, at, { startedAtMs, completedAtMs: at.now });
}

function extend(parts: string[], index: number, delta: string): void {
  while (parts.length <= index) parts.push("");
  parts[index] += delta;
}
