import {
  isKnownItem,
  type ContentPart,
  type MessageItem,
  type ResponseItem,
  type WebSearchCallItem,
} from "@codex/protocol/responses";
import type { ThreadItem, ThreadItemOf, WebSearchAction } from "@codex/protocol/items";

/** What a face shows of an item the model made; undefined for what it does not show as such (calls, unknown types). */
export function threadItem(item: ResponseItem, id: string): ThreadItem | undefined {
  if (!isKnownItem(item)) return undefined;
  switch (item.type) {
    case "message":
      return item.role === "assistant" ? shownMessage(item, id) : undefined;
    case "reasoning":
      return {
        type: "reasoning",
        id,
        summary: item.summary.map((part) => part.text),
        content: (item.content ?? []).map((part) => part.text),
      };
    case "web_search_call":
      return webSearch(item, id);
    default:
      return undefined;
  }
}

/** The client marks a message that broke off in the middle as incomplete. */
function shownMessage(item: MessageItem, id: string): ThreadItem {
  const message = agentMessage(id, messageText(item), item.phase ?? null);
  return item.status === "incomplete" ? { ...message, incomplete: true } : message;
}

const agentMessage = (id: string, text: string, phase: string | null): ThreadItemOf<"agentMessage"> => ({
  type: "agentMessage",
  id,
  text,
  phase,
  moderation: null,
  memoryCitation: null,
  delivery: null,
  questions: null,
});

/** The words of a message. A part of a kind we do not know is named, a refusal shown as its text: nothing vanishes. */
const messageText = (message: MessageItem): string => message.content.map(partText).join("");

function partText(part: ContentPart): string {
  if ("text" in part && typeof part.text === "string") return part.text;
  if ("refusal" in part && typeof part.refusal === "string") return part.refusal;
  return `[${part.type}]`;
}

function webSearch(item: WebSearchCallItem, id: string): ThreadItemOf<"webSearch"> {
  const action = searchAction(item.action);
  return { type: "webSearch", id, query: searchQuery(action), action, results: null };
}

/** A search that has only begun says nothing yet. */
function searchAction(action: WebSearchCallItem["action"]): WebSearchAction {
  if (!action) return { type: "other" };
  const text = (key: string): string | null => (typeof action[key] === "string" ? action[key] : null);
  switch (action["type"]) {
    case "search": {
      const queries = action["queries"];
      return { type: "search", query: text("query"), queries: Array.isArray(queries) ? queries.map(String) : null };
    }
    case "open_page":
      return { type: "openPage", url: text("url") };
    case "find_in_page":
      return { type: "findInPage", url: text("url"), pattern: text("pattern") };
    default:
      return { type: "other" };
  }
}

function searchQuery(action: WebSearchAction): string {
  switch (action.type) {
    case "search":
      return action.query ?? action.queries?.[0] ?? "";
    case "openPage":
      return action.url ?? "";
    case "findInPage":
      return action.pattern ?? "";
    default:
      return "";
  }
}
