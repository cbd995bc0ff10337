import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Words } from "./schema.ts";
import { ReasoningEffort } from "./values.ts";

export const ModeKind = Words(["plan", "default"], {
  title: "ModeKind",
  aliases: { code: "default", custom: "default", execute: "default", pair_programming: "default" },
});
export type ModeKind = Static<typeof ModeKind>;

export const Settings = T.Object(
  { model: T.String(), reasoning_effort: Nullable(ReasoningEffort), developer_instructions: Nullable(T.String()) },
  { title: "Settings" },
);
export type Settings = Static<typeof Settings>;

export const CollaborationMode = T.Object({ mode: ModeKind, settings: Settings }, { title: "CollaborationMode" });
export type CollaborationMode = Static<typeof CollaborationMode>;
