import type { ThreadItemOf } from "@codex/protocol/items";
import type { JsonObject, JsonValue } from "@codex/protocol/json";
import { durationOf, millisecondsOf } from "./command-payload.ts";
import { given, listOf, oneOf, textOf, type Fields } from "./fields.ts";
import { snakeCase } from "./letter-case.ts";

type Call = ThreadItemOf<"dynamicToolCall">;

/** A call of a tool that the client ran; what the client gave is kept in its own words. */
export const dynamicCallFields = (item: Call): JsonObject => ({
  ...given({ namespace: item.namespace }),
  tool: item.tool,
  arguments: item.arguments as JsonValue,
  status: snakeCase(item.status),
  ...given({ content_items: item.contentItems, success: item.success }),
  ...given({ duration: item.durationMs === null ? undefined : durationOf(item.durationMs) }),
});

export const dynamicCallOf = (id: string, payload: Fields): Call => ({
  type: "dynamicToolCall",
  id,
  namespace: textOf(payload["namespace"]) ?? null,
  tool: textOf(payload["tool"]) ?? "",
  arguments: payload["arguments"] as Call["arguments"],
  status: oneOf(payload["status"], ["failed", "completed"]),
  contentItems: Array.isArray(payload["content_items"])
    ? (listOf(payload["content_items"]) as NonNullable<Call["contentItems"]>)
    : null,
  success: typeof payload["success"] === "boolean" ? payload["success"] : null,
  durationMs: millisecondsOf(payload["duration"]),
});
