import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ watchId: T.String() }, { title: "FsUnwatchParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "FsUnwatchResponse" });
export type Result = Static<typeof Result>;
