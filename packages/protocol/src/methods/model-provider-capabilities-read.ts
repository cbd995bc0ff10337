import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({}, { title: "ModelProviderCapabilitiesReadParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { imageGeneration: T.Boolean(), webSearch: T.Boolean() },
  { title: "ModelProviderCapabilitiesReadResponse" },
);
export type Result = Static<typeof Result>;
