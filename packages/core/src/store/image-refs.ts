import type { ResponseItem } from "@codex/protocol/responses";
import { listOf, textOf } from "./fields.ts";

/** The name of the `index`th inline image of the history item in line `ordinal`. */
export const imageRef = (ordinal: number, index: number): string => `rollout:${ordinal}#${index}`;

/** The images whose bytes stand in an item of the history. */
export function imagesOf(item: ResponseItem): string[] {
  if (!("content" in item)) return [];
  return listOf(item.content)
    .filter((part) => part["type"] === "input_image")
    .flatMap((part) => textOf(part["image_url"]) ?? [])
    .filter((url) => url.startsWith("data:"));
}
