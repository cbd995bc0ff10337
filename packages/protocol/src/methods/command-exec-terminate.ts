import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ processId: T.String() }, { title: "CommandExecTerminateParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "CommandExecTerminateResponse" });
export type Result = Static<typeof Result>;
