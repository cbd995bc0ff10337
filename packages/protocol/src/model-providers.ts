import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "./schema.ts";

export const GatewayAuth = T.Union(
  [
    T.Object({ mode: T.Literal("none") }),
    T.Object({ mode: T.Literal("environmentVariable"), envKey: T.String() }),
    T.Object({ mode: T.Literal("externallyConfigured"), envKey: Nullable(T.String()) }),
  ],
  { title: "GatewayAuth" },
);
export type GatewayAuth = Static<typeof GatewayAuth>;

export const ModelProviderError = T.Union(
  [
    T.Object({ type: T.Literal("modelProviderMismatch"), modelProvider: T.String(), currentModelProvider: T.String() }),
    T.Object({ type: T.Literal("modelProviderNotConfigured"), modelProvider: T.String() }),
    T.Object({
      type: T.Literal("modelProviderPolicyConflict"),
      modelProvider: T.String(),
      requiredModelProvider: T.String(),
    }),
  ],
  { title: "ModelProviderError" },
);
export type ModelProviderError = Static<typeof ModelProviderError>;

export const ProviderSettings = T.Union(
  [
    T.Object({ type: T.Literal("openai") }),
    T.Object({ type: T.Literal("customGateway"), auth: GatewayAuth }),
    T.Object({ type: T.Literal("bedrock"), profile: Nullable(T.String()), region: Nullable(T.String()) }),
    T.Object({
      type: T.Literal("gcp"),
      projectId: Nullable(T.String()),
      location: Nullable(T.String()),
      credentialFile: Nullable(T.String()),
    }),
  ],
  { title: "ProviderSettings" },
);
export type ProviderSettings = Static<typeof ProviderSettings>;

export const ModelProviderSummary = T.Object(
  { id: T.String(), name: T.String(), canEdit: T.Boolean(), baseUrl: Nullable(T.String()), settings: ProviderSettings },
  { title: "ModelProviderSummary" },
);
export type ModelProviderSummary = Static<typeof ModelProviderSummary>;
