import type { FileUpdateChange, ThreadItem } from "@codex/protocol/items";
import { cutMiddle } from "../exec-session/output-text.ts";

/** Tokens of a command's output that are told; as much as a call is told that asks for nothing else. */
const budget = { mode: "tokens", limit: 10_000 } as const;

/**
 * What a call's finished item tells the model where the answer itself was lost: the process was killed after the item was
 * shown and before the answer was stored. Undefined for an item that has not run its course.
 */
export function answerOfItem(item: ThreadItem): string | undefined {
  if (item.type === "commandExecution" && item.exitCode !== null) {
    const output = item.aggregatedOutput ?? "";
    const cut = cutMiddle(output, budget);
    const told = cut === undefined ? output : `${cut.head}${cut.marker}${cut.tail}`;
    return `Process exited with code ${item.exitCode}\nOutput:\n${told}`;
  }
  if (item.type === "fileChange" && item.status === "completed") {
    return ["Success. Updated the following files:", ...item.changes.map(changeLine)].join("\n");
  }
  return undefined;
}

const changeLine = ({ kind, path }: FileUpdateChange): string =>
  `${{ add: "A", update: "M", delete: "D" }[kind.type]} ${kind.type === "update" ? (kind.move_path ?? path) : path}`;
