import { isObject, type JsonObject } from "@codex/protocol/json";

/** The events of turns in the order in which they came, a line each. What only goes along with them is left out. */
export const tellStory = (told: readonly JsonObject[]): string[] => told.flatMap(line);

function line({ id, method, params }: JsonObject): string[] {
  const { item, turn, willRetry } = (isObject(params) ? params : {}) as Record<string, JsonObject | undefined>;
  if (id !== undefined) return [`asks ${String(method)}`];
  switch (method) {
    case "item/started":
      return [`${method} ${String(item?.["type"])}`];
    case "item/completed":
      return [`${method} ${String(item?.["type"])} ${String(item?.["status"] ?? "")}`.trim()];
    case "turn/completed":
      return [`${method} ${String(turn?.["status"])}`];
    case "error":
      return [`${method} ${willRetry ? "will retry" : "final"}`];
    case "turn/started":
    case "serverRequest/resolved":
      return [method];
    default:
      return [];
  }
}
