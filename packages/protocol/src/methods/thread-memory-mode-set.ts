import { Type as T, type Static } from "@sinclair/typebox";
import { Words } from "../schema.ts";

export const ThreadMemoryMode = Words(["enabled", "disabled"], { title: "ThreadMemoryMode" });
export type ThreadMemoryMode = Static<typeof ThreadMemoryMode>;

export const Params = T.Object(
  { threadId: T.String(), mode: ThreadMemoryMode },
  { title: "ThreadMemoryModeSetParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadMemoryModeSetResponse" });
export type Result = Static<typeof Result>;
