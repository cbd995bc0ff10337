import { Type as T, type Static } from "@sinclair/typebox";
import { Int64 } from "../schema.ts";

export const Params = T.Object({ threadId: T.String() }, { title: "CurrentTimeReadParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ currentTimeAt: Int64 }, { title: "CurrentTimeReadResponse" });
export type Result = Static<typeof Result>;
