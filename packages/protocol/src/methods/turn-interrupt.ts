import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ threadId: T.String(), turnId: T.String() }, { title: "TurnInterruptParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "TurnInterruptResponse" });
export type Result = Static<typeof Result>;
