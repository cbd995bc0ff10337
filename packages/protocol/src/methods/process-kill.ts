import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ processHandle: T.String() }, { title: "ProcessKillParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ProcessKillResponse" });
export type Result = Static<typeof Result>;
