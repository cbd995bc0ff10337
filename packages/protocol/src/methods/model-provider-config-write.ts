import { Type as T, type Static } from "@sinclair/typebox";
import { AllOf, OptionalNull, Words } from "../schema.ts";
import { ModelProviderSummary } from "../model-providers.ts";

export const BedrockProviderId = Words(["amazon-bedrock", "amazon-bedrock-runtime"], { title: "BedrockProviderId" });
export type BedrockProviderId = Static<typeof BedrockProviderId>;

export const BedrockSettingsParams = T.Object(
  { providerId: BedrockProviderId, profile: OptionalNull(T.String()), region: OptionalNull(T.String()) },
  { title: "BedrockSettingsParams", namedIn: "types", additionalProperties: false },
);
export type BedrockSettingsParams = Static<typeof BedrockSettingsParams>;

export const CustomGatewaySettingsParams = T.Object(
  {
    providerId: OptionalNull(T.String()),
    name: T.Optional(T.String()),
    baseUrl: OptionalNull(T.String()),
    envKey: OptionalNull(T.String()),
  },
  { title: "CustomGatewaySettingsParams", namedIn: "types", additionalProperties: false },
);
export type CustomGatewaySettingsParams = Static<typeof CustomGatewaySettingsParams>;

export const GcpProviderId = Words(["gcp"], { title: "GcpProviderId" });
export type GcpProviderId = Static<typeof GcpProviderId>;

export const GcpSettingsParams = T.Object(
  {
    providerId: GcpProviderId,
    projectId: OptionalNull(T.String()),
    location: OptionalNull(T.String()),
    credentialFile: OptionalNull(T.String()),
  },
  { title: "GcpSettingsParams", namedIn: "types", additionalProperties: false },
);
export type GcpSettingsParams = Static<typeof GcpSettingsParams>;

export const ProviderSettingsPatch = T.Union(
  [
    AllOf([
      T.Object({ type: T.Literal("customGateway") }, { additionalProperties: false }),
      CustomGatewaySettingsParams,
    ]),
    AllOf([T.Object({ type: T.Literal("bedrock") }, { additionalProperties: false }), BedrockSettingsParams]),
    AllOf([T.Object({ type: T.Literal("gcp") }, { additionalProperties: false }), GcpSettingsParams]),
  ],
  { title: "ProviderSettingsPatch" },
);
export type ProviderSettingsPatch = Static<typeof ProviderSettingsPatch>;

export const Params = T.Object(
  { settings: ProviderSettingsPatch },
  { title: "ModelProviderConfigWriteParams", additionalProperties: false },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ provider: ModelProviderSummary }, { title: "ModelProviderConfigWriteResponse" });
export type Result = Static<typeof Result>;
