import { Type as T, type Static } from "@sinclair/typebox";
import { ExternalAgentConfigMigrationItem } from "../external-agents.ts";
import { Defaulted, OptionalNull, Uint32, Words } from "../schema.ts";

export const Params = T.Object(
  {
    includeHome: T.Optional(T.Boolean()),
    cwds: OptionalNull(T.Array(T.String())),
    maxSessionAgeDays: OptionalNull(Uint32),
    maxSessions: OptionalNull(Uint32),
    source: OptionalNull(T.String()),
    migrationSource: OptionalNull(T.String()),
  },
  { title: "ExternalAgentConfigDetectParams" },
);
export type Params = Static<typeof Params>;

export const ExternalAgentDetectedConnectorSource = Words(["remoteMcpServersConfig", "sessionToolUse"], {
  title: "ExternalAgentDetectedConnectorSource",
});
export type ExternalAgentDetectedConnectorSource = Static<typeof ExternalAgentDetectedConnectorSource>;

export const ExternalAgentDetectedConnectorCandidate = T.Object(
  { name: T.String(), sessionCount: Uint32, source: ExternalAgentDetectedConnectorSource },
  { title: "ExternalAgentDetectedConnectorCandidate" },
);
export type ExternalAgentDetectedConnectorCandidate = Static<typeof ExternalAgentDetectedConnectorCandidate>;

export const Result = T.Object(
  {
    items: T.Array(ExternalAgentConfigMigrationItem),
    connectors: Defaulted(T.Array(ExternalAgentDetectedConnectorCandidate), []),
  },
  { title: "ExternalAgentConfigDetectResponse" },
);
export type Result = Static<typeof Result>;
