import type { MessageItem, ResponseItem } from "@codex/protocol/responses";
import { isPrompt } from "../store/fold-records.ts";

/** Tokens of the user's words that outlive a compaction, at most; source: the original. */
const limit = 20_000;

/**
 * What the user said, newest first until there is no more room, in its old order. A message that is cut keeps its end, and
 * pictures stay with the newest message only.
 */
export function keptMessages(history: readonly ResponseItem[]): MessageItem[] {
  const prompts = history.filter((item): item is MessageItem => item.type === "message" && isPrompt(item));
  const kept: MessageItem[] = [];
  let left = limit * bytesPerToken;
  for (const prompt of prompts.toReversed()) {
    if (left <= 0) break;
    const cut = shorten(kept.length === 0 ? prompt : withoutPictures(prompt), left);
    left -= sizeOf(cut);
    kept.unshift(cut);
  }
  return kept;
}

/** The usual estimate. */
const bytesPerToken = 4;

const sizeOf = (message: MessageItem): number => message.content.reduce((sum, part) => sum + textOf(part).length, 0);

const textOf = (part: MessageItem["content"][number]): string =>
  "text" in part && typeof part.text === "string" ? part.text : "";

function shorten(message: MessageItem, room: number): MessageItem {
  if (sizeOf(message) <= room) return message;
  const text = message.content.map(textOf).join("\n");
  return {
    ...message,
    content: [{ type: "input_text", text: `[… the beginning was left out …]\n${text.slice(-room)}` }],
  };
}

const withoutPictures = (message: MessageItem): MessageItem => ({
  ...message,
  content: message.content.map((part) =>
    part.type === "input_image" ? { type: "input_text", text: "[a picture that was left out]" } : part,
  ),
});
