import type { ThreadItem, ThreadItemOf, WebSearchAction } from "@codex/protocol/items";
import type { JsonObject, JsonValue } from "@codex/protocol/json";
import { dynamicCallFields, dynamicCallOf } from "./dynamic-call-payload.ts";
import { commandFields, commandOf } from "./command-payload.ts";
import { fieldsOf, given, listOf, textOf, textsOf, type Fields } from "./fields.ts";
import { changeFields, changesOf } from "./file-change-payload.ts";
import { pathOf, urlOf } from "./file-url.ts";
import { snakeCase } from "./letter-case.ts";
import { runStatusOf } from "./run-status.ts";
import { inputFields, inputOf, type ImageRefs } from "./user-input-payload.ts";

/**
 * Thread items in the shape of the original's `item_completed` lines: types in PascalCase, keys in snake_case, paths as
 * file URLs, commands as words. What is null is left out, as the original does. Source: rollouts of 0.169.0.
 */
export function itemPayload(item: ThreadItem, refOf?: ImageRefs["refOf"]): JsonObject {
  const { id } = item;
  switch (item.type) {
    case "userMessage": {
      const content = item.content.map((input) => inputFields(input, refOf));
      return { type: "UserMessage", id, ...given({ client_id: item.clientId }), content };
    }
    case "agentMessage":
      return agentMessageFields(item);
    case "reasoning":
      return { type: "Reasoning", id, summary_text: item.summary, raw_content: item.content };
    case "commandExecution":
      return { type: "CommandExecution", id, ...commandFields(item) };
    case "fileChange":
      return { type: "FileChange", id, changes: changeFields(item.changes), status: snakeCase(item.status) };
    case "webSearch": {
      const action = item.action && { ...item.action, type: snakeCase(item.action.type) };
      return { type: "WebSearch", id, query: item.query, ...given({ action }) };
    }
    case "imageView":
      return { type: "ImageView", id, path: urlOf(item.path) };
    case "contextCompaction":
      return { type: "ContextCompaction", id };
    case "dynamicToolCall":
      return { type: "DynamicToolCall", id, ...dynamicCallFields(item) };
    default:
      return otherFields(item);
  }
}

/** The kinds whose fields need no care of their own. */
function otherFields({ type, startedAtMs: _started, completedAtMs: _ended, ...rest }: ThreadItem): JsonObject {
  const fields = Object.entries(rest).map(([key, value]) => [snakeCase(key), value as JsonValue] as const);
  return { type: type.charAt(0).toUpperCase() + type.slice(1), ...given(Object.fromEntries(fields)) };
}

/** The item of a payload; undefined for a type that we do not show. */
export function itemOfPayload(payload: Fields, urlOfRef?: ImageRefs["urlOfRef"]): ThreadItem | undefined {
  const id = textOf(payload["id"]);
  if (id === undefined) return undefined;
  switch (payload["type"]) {
    case "UserMessage": {
      const content = listOf(payload["content"]).flatMap((input) => inputOf(input, urlOfRef));
      return { type: "userMessage", id, clientId: textOf(payload["client_id"]) ?? null, content };
    }
    case "AgentMessage":
      return agentMessageOf(id, payload);
    case "Reasoning": {
      const [summary, content] = [textsOf(payload["summary_text"]), textsOf(payload["raw_content"])];
      return { type: "reasoning", id, summary, content };
    }
    case "CommandExecution":
      return commandOf(id, payload);
    case "FileChange": {
      const changes = changesOf(fieldsOf(payload["changes"]));
      return { type: "fileChange", id, changes, status: runStatusOf(payload["status"]) };
    }
    case "WebSearch": {
      const [query, action] = [textOf(payload["query"]) ?? "", searchActionOf(payload["action"])];
      return { type: "webSearch", id, query, action, results: null };
    }
    case "ImageView":
      return { type: "imageView", id, path: pathOf(payload["path"]) };
    case "ContextCompaction":
      return { type: "contextCompaction", id };
    case "DynamicToolCall":
      return dynamicCallOf(id, payload);
    case "Plan":
      return { type: "plan", id, text: textOf(payload["text"]) ?? "" };
    default:
      return undefined;
  }
}

function agentMessageFields(item: ThreadItemOf<"agentMessage">): JsonObject {
  const { id, phase, incomplete } = item;
  return { type: "AgentMessage", id, content: [{ type: "Text", text: item.text }], ...given({ phase, incomplete }) };
}

function agentMessageOf(id: string, payload: Fields): ThreadItem {
  return {
    type: "agentMessage",
    id,
    text: listOf(payload["content"])
      .map((part) => textOf(part["text"]) ?? "")
      .join(""),
    phase: textOf(payload["phase"]) ?? null,
    moderation: null,
    memoryCitation: null,
    delivery: null,
    questions: null,
    ...(payload["incomplete"] === true ? { incomplete: true } : {}),
  };
}

function searchActionOf(value: unknown): WebSearchAction | null {
  const action = fieldsOf(value);
  const url = textOf(action["url"]) ?? null;
  switch (action["type"]) {
    case undefined:
      return null;
    case "search":
      return {
        type: "search",
        query: textOf(action["query"]) ?? null,
        queries: Array.isArray(action["queries"]) ? textsOf(action["queries"]) : null,
      };
    case "open_page":
      return { type: "openPage", url };
    case "find_in_page":
      return { type: "findInPage", url, pattern: textOf(action["pattern"]) ?? null };
    default:
      return { type: "other" };
  }
}
