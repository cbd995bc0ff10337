import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Nullable, OptionalNull } from "../schema.ts";

export const AppToolSummary = T.Object(
  {
    name: T.String(),
    title: Nullable(T.String()),
    description: T.String(),
    isEnabled: Defaulted(T.Boolean(), true),
    disabledReason: Nullable(T.String()),
    isReadOnly: Defaulted(T.Boolean(), false),
  },
  { title: "AppToolSummary" },
);
export type AppToolSummary = Static<typeof AppToolSummary>;

export const Params = T.Object(
  { appIds: T.Array(T.String()), threadId: OptionalNull(T.String()), includeTools: T.Optional(T.Boolean()) },
  { title: "AppsReadParams" },
);
export type Params = Static<typeof Params>;

export const ConnectorMetadata = T.Object(
  {
    id: T.String(),
    name: T.String(),
    description: Nullable(T.String()),
    iconUrl: Nullable(T.String()),
    iconUrlDark: Nullable(T.String()),
    distributionChannel: Nullable(T.String()),
    installUrl: Nullable(T.String()),
    pluginDisplayNames: Defaulted(T.Array(T.String()), []),
    toolSummaries: Nullable(T.Array(AppToolSummary)),
  },
  { title: "ConnectorMetadata" },
);
export type ConnectorMetadata = Static<typeof ConnectorMetadata>;

export const Result = T.Object(
  { apps: T.Array(ConnectorMetadata), missingAppIds: T.Array(T.String()) },
  { title: "AppsReadResponse" },
);
export type Result = Static<typeof Result>;
