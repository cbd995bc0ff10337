import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32, Words } from "../schema.ts";

export const ExperimentalFeatureStage = Words(["beta", "underDevelopment", "stable", "deprecated", "removed"], {
  title: "ExperimentalFeatureStage",
});
export type ExperimentalFeatureStage = Static<typeof ExperimentalFeatureStage>;

export const ExperimentalFeature = T.Object(
  {
    name: T.String(),
    stage: ExperimentalFeatureStage,
    displayName: Nullable(T.String()),
    description: Nullable(T.String()),
    announcement: Nullable(T.String()),
    enabled: T.Boolean(),
    defaultEnabled: T.Boolean(),
  },
  { title: "ExperimentalFeature" },
);
export type ExperimentalFeature = Static<typeof ExperimentalFeature>;

export const Params = T.Object(
  { cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32), threadId: OptionalNull(T.String()) },
  { title: "ExperimentalFeatureListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ExperimentalFeature), nextCursor: Nullable(T.String()) },
  { title: "ExperimentalFeatureListResponse" },
);
export type Result = Static<typeof Result>;
