import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Words } from "../schema.ts";

export const AwsCredentialType = Words(["accessKeys", "bedrockApiKey"], { title: "AwsCredentialType" });
export type AwsCredentialType = Static<typeof AwsCredentialType>;

export const BedrockAwsProfile = T.Object(
  { name: T.String(), region: Nullable(T.String()) },
  { title: "BedrockAwsProfile" },
);
export type BedrockAwsProfile = Static<typeof BedrockAwsProfile>;

export const Params = T.Object({}, { title: "BedrockDiscoverParams" });
export type Params = Static<typeof Params>;

export const BedrockEnvironmentCredential = T.Object(
  { type: AwsCredentialType, region: Nullable(T.String()) },
  { title: "BedrockEnvironmentCredential" },
);
export type BedrockEnvironmentCredential = Static<typeof BedrockEnvironmentCredential>;

export const Result = T.Object(
  { profiles: T.Array(BedrockAwsProfile), environmentCredentials: T.Array(BedrockEnvironmentCredential) },
  { title: "BedrockDiscoverResponse" },
);
export type Result = Static<typeof Result>;
