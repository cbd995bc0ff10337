import { Type as T, type Static } from "@sinclair/typebox";
import { Project } from "../project.ts";
import { Nullable, OptionalNull, Uint32, Words } from "../schema.ts";
import { SortDirection } from "../values.ts";

export const ProjectSortKey = Words(["position", "recencyAt"], { title: "ProjectSortKey" });
export type ProjectSortKey = Static<typeof ProjectSortKey>;

export const Params = T.Object(
  {
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    sortKey: OptionalNull(ProjectSortKey),
    sortDirection: OptionalNull(SortDirection),
  },
  { title: "ProjectListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(Project), nextCursor: Nullable(T.String()) },
  { title: "ProjectListResponse" },
);
export type Result = Static<typeof Result>;
