import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, Nullable } from "./schema.ts";
import { AbsolutePathBuf } from "./values.ts";

export const ProjectRoot = T.Object({ path: AbsolutePathBuf }, { title: "ProjectRoot" });
export type ProjectRoot = Static<typeof ProjectRoot>;

export const Project = T.Object(
  {
    id: T.String(),
    name: T.String(),
    roots: T.Array(ProjectRoot),
    metadata: T.Record(T.String(), T.String()),
    position: Int64,
    createdAt: Int64,
    updatedAt: Int64,
    recencyAt: Nullable(Int64),
  },
  { title: "Project" },
);
export type Project = Static<typeof Project>;
