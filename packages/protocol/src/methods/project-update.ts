import { Type as T, type Static } from "@sinclair/typebox";
import { Project, ProjectRoot } from "../project.ts";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  {
    projectId: T.String(),
    name: OptionalNull(T.String()),
    roots: OptionalNull(T.Array(ProjectRoot)),
    metadata: OptionalNull(T.Record(T.String(), T.String())),
  },
  { title: "ProjectUpdateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ project: Project }, { title: "ProjectUpdateResponse" });
export type Result = Static<typeof Result>;
