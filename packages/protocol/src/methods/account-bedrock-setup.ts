import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Union(
  [
    T.Object({ type: T.Literal("profile"), profile: T.String(), region: T.String() }),
    T.Object({ type: T.Literal("environment"), region: T.String() }),
  ],
  { title: "BedrockSetupParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "BedrockSetupResponse" });
export type Result = Static<typeof Result>;
