import { Type as T, type Static } from "@sinclair/typebox";
import { Project } from "../project.ts";

export const Params = T.Object({ projectId: T.String() }, { title: "ProjectReadParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ project: Project }, { title: "ProjectReadResponse" });
export type Result = Static<typeof Result>;
