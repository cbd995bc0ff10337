import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  { projectId: T.String(), beforeProjectId: OptionalNull(T.String()) },
  { title: "ProjectMoveParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ProjectMoveResponse" });
export type Result = Static<typeof Result>;
