import { Type as T, type Static } from "@sinclair/typebox";
import { Project, ProjectRoot } from "../project.ts";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  {
    name: T.String(),
    roots: T.Array(ProjectRoot),
    metadata: OptionalNull(T.Record(T.String(), T.String())),
    idempotencyKey: T.String(),
  },
  { title: "ProjectCreateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ project: Project }, { title: "ProjectCreateResponse" });
export type Result = Static<typeof Result>;
