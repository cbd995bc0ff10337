import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { threadId: T.String(), processId: T.String() },
  { title: "ThreadBackgroundTerminalsTerminateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ terminated: T.Boolean() }, { title: "ThreadBackgroundTerminalsTerminateResponse" });
export type Result = Static<typeof Result>;
