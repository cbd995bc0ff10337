import { Type as T, type Static } from "@sinclair/typebox";
import { ExternalAgentConfigMigrationItem } from "../external-agents.ts";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  {
    migrationItems: T.Array(ExternalAgentConfigMigrationItem),
    source: OptionalNull(T.String()),
    providerId: OptionalNull(T.String()),
    migrationSource: OptionalNull(T.String()),
  },
  { title: "ExternalAgentConfigImportParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ importId: T.String() }, { title: "ExternalAgentConfigImportResponse" });
export type Result = Static<typeof Result>;
