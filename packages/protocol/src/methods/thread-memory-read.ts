import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadMemoryReadParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ summary: Nullable(T.String()) }, { title: "ThreadMemoryReadResponse" });
export type Result = Static<typeof Result>;
