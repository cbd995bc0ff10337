import type { FileUpdateChange } from "@codex/protocol/items";
import type { JsonObject } from "@codex/protocol/json";
import { fieldsOf, textOf, type Fields } from "./fields.ts";

/** Changes by absolute path. */
export const changeFields = (changes: readonly FileUpdateChange[]): JsonObject =>
  Object.fromEntries(changes.map((change) => [change.path, fieldsOfChange(change)]));

function fieldsOfChange({ kind, diff }: FileUpdateChange): JsonObject {
  if (kind.type !== "update") return { type: kind.type, content: diff };
  return { type: "update", unified_diff: diff, move_path: kind.move_path };
}

export const changesOf = (changes: Fields): FileUpdateChange[] =>
  Object.entries(changes).map(([path, change]) => changeOf(path, fieldsOf(change)));

function changeOf(path: string, change: Fields): FileUpdateChange {
  const { type } = change;
  if (type === "add" || type === "delete") return { path, kind: { type }, diff: textOf(change["content"]) ?? "" };
  const move_path = textOf(change["move_path"]) ?? null;
  return { path, kind: { type: "update", move_path }, diff: textOf(change["unified_diff"]) ?? "" };
}
