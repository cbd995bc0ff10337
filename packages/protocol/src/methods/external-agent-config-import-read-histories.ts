import { Type as T, type Static } from "@sinclair/typebox";
import {
  ExternalAgentConfigImportItemTypeFailure,
  ExternalAgentConfigImportItemTypeSuccess,
} from "../external-agents.ts";
import { BigInt64, NoParams, Nullable, Uint32, Words } from "../schema.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const ExternalAgentConfigImportHistory = T.Object(
  {
    importId: T.String(),
    providerId: Nullable(T.String()),
    completedAtMs: BigInt64,
    successes: T.Array(ExternalAgentConfigImportItemTypeSuccess),
    failures: T.Array(ExternalAgentConfigImportItemTypeFailure),
  },
  { title: "ExternalAgentConfigImportHistory" },
);
export type ExternalAgentConfigImportHistory = Static<typeof ExternalAgentConfigImportHistory>;

export const ExternalAgentImportedConnectorSource = Words(["remoteMcpServersConfig"], {
  title: "ExternalAgentImportedConnectorSource",
});
export type ExternalAgentImportedConnectorSource = Static<typeof ExternalAgentImportedConnectorSource>;

export const ExternalAgentImportedConnectorCandidate = T.Object(
  { name: T.String(), sessionCount: Uint32, source: ExternalAgentImportedConnectorSource },
  { title: "ExternalAgentImportedConnectorCandidate" },
);
export type ExternalAgentImportedConnectorCandidate = Static<typeof ExternalAgentImportedConnectorCandidate>;

export const Result = T.Object(
  { data: T.Array(ExternalAgentConfigImportHistory), connectors: T.Array(ExternalAgentImportedConnectorCandidate) },
  { title: "ExternalAgentConfigImportHistoriesReadResponse" },
);
export type Result = Static<typeof Result>;
