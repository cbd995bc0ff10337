import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({}, { title: "BedrockCheckGovCloudRequirementsParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { isGovCloud: T.Boolean(), shouldWarn: T.Boolean() },
  { title: "BedrockCheckGovCloudRequirementsResponse" },
);
export type Result = Static<typeof Result>;
