import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ sectionId: T.String() }, { title: "ThreadSectionDeleteParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadSectionDeleteResponse" });
export type Result = Static<typeof Result>;
