import { isKnownItem, type ContentPart, type ResponseItem, type ToolOutput } from "@codex/protocol/responses";

/** Characters of one entry, and of all entries of a kind together: the newest are kept. */
const entryLimit = 2000;
const totalLimit = 24_000;

/** What the user said, oldest first: the only part that can authorise anything. */
export const userWords = (history: readonly ResponseItem[]): string =>
  newest(history.flatMap((item) => (isFromUser(item) ? [contentText(item.content)] : [])));

/** The rest: what the agent said and did, and what came of it. */
export const transcript = (history: readonly ResponseItem[]): string => newest(history.flatMap(entryOf));

/** Files and settings travel as messages of the user's role too; only their kind tells them apart. */
function isFromUser(item: ResponseItem): item is Extract<ResponseItem, { type: "message" }> {
  if (!isKnownItem(item) || item.type !== "message") return false;
  const kinds = item.internal_chat_message_metadata_passthrough?.content_item_kinds ?? [];
  // What they approved by hand, we wrote down for them.
  return item.role === "user" ? kinds.includes("user.text") : kinds.includes("guardian.approved_action");
}

function entryOf(item: ResponseItem): string[] {
  if (!isKnownItem(item)) return [];
  switch (item.type) {
    case "message":
      return item.role === "assistant" ? [`agent: ${contentText(item.content)}`] : [];
    case "function_call":
      return [`agent calls ${item.name}: ${item.arguments}`];
    case "custom_tool_call":
      return [`agent calls ${item.name}: ${item.input}`];
    case "function_call_output":
    case "custom_tool_call_output":
      return [`result: ${outputText(item.output)}`];
    case "reasoning":
    case "web_search_call":
      return [];
  }
}

const contentText = (parts: readonly ContentPart[]): string =>
  parts.map((part) => ("text" in part && typeof part.text === "string" ? part.text : `[${part.type}]`)).join("\n");

const outputText = (output: ToolOutput): string => (typeof output === "string" ? output : contentText(output));

function newest(entries: readonly string[]): string {
  const kept: string[] = [];
  let size = 0;
  for (const entry of entries.toReversed()) {
    const text = cut(defused(entry));
    size += text.length;
    if (size > totalLimit) {
      kept.push("[earlier entries are left out]");
      break;
    }
    kept.push(text);
  }
  return kept.toReversed().join("\n\n");
}

/** The marks around the parts of the message are ours alone. */
const defused = (text: string): string => text.replaceAll(">>>", "> > >");

/** Beginning and end: what a command does at its end matters as much. */
const cut = (text: string): string =>
  text.length <= entryLimit
    ? text
    : `${text.slice(0, entryLimit / 2)}\n[${text.length - entryLimit} characters are left out]\n${text.slice(-entryLimit / 2)}`;
