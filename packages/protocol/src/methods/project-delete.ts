import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ projectId: T.String() }, { title: "ProjectDeleteParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ProjectDeleteResponse" });
export type Result = Static<typeof Result>;
