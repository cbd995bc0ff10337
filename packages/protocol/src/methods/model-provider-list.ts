import { Type as T, type Static } from "@sinclair/typebox";
import { ModelProviderSummary } from "../model-providers.ts";

export const Params = T.Object({}, { title: "ModelProviderListParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ModelProviderSummary), defaultProviderId: T.String(), canChangeDefault: T.Boolean() },
  { title: "ModelProviderListResponse" },
);
export type Result = Static<typeof Result>;
