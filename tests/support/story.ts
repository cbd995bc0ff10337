import type { ThreadItem } from "@codex/protocol/items";
import type { ServerNotification } from "@codex/protocol/notifications";

/** What a client heard as one short line a notification, for the order of things: `item/completed commandExecution failed`. */
export const story = (heard: readonly ServerNotification[]): string[] => heard.map(line);

function line({ method, params }: ServerNotification): string {
  switch (method) {
    case "thread/status/changed": {
      const { status } = params;
      return [method, status.type, ...(status.type === "active" ? status.activeFlags : [])].join(" ");
    }
    case "item/started":
      return `${method} ${params.item.type}`;
    case "item/completed":
      return [method, params.item.type, ...outcome(params.item)].join(" ");
    case "error":
      return `${method} ${params.willRetry ? "will retry" : "final"}`;
    case "turn/completed":
      return `${method} ${params.turn.status}`;
    default:
      return method;
  }
}

function outcome(item: ThreadItem): string[] {
  if (item.type === "agentMessage") return [JSON.stringify(item.text), ...(item.incomplete ? ["incomplete"] : [])];
  return "status" in item ? [item.status] : [];
}

/** The ids of items that were begun and never completed. */
export function openItems(heard: readonly ServerNotification[]): string[] {
  const open = new Set<string>();
  for (const { method, params } of heard) {
    if (method === "item/started") open.add(params.item.id);
    if (method === "item/completed") open.delete(params.item.id);
  }
  return [...open];
}
