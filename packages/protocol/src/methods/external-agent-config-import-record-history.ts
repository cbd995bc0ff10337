import { Type as T, type Static } from "@sinclair/typebox";
import { ExternalAgentConfigImportItemTypeFailure, ExternalAgentConfigMigrationItemType } from "../external-agents.ts";
import { Nullable, OptionalNull } from "../schema.ts";

export const ExternalAgentConfigImportHistoryRecordSuccessParams = T.Object(
  {
    itemType: ExternalAgentConfigMigrationItemType,
    cwd: Nullable(T.String()),
    source: Nullable(T.String()),
    target: Nullable(T.String()),
    title: OptionalNull(T.String()),
  },
  { title: "ExternalAgentConfigImportHistoryRecordSuccessParams" },
);
export type ExternalAgentConfigImportHistoryRecordSuccessParams = Static<
  typeof ExternalAgentConfigImportHistoryRecordSuccessParams
>;

export const ExternalAgentConfigImportHistoryRecordTypeResultParams = T.Object(
  {
    itemType: ExternalAgentConfigMigrationItemType,
    successes: T.Array(ExternalAgentConfigImportHistoryRecordSuccessParams),
    failures: T.Array(ExternalAgentConfigImportItemTypeFailure),
  },
  { title: "ExternalAgentConfigImportHistoryRecordTypeResultParams" },
);
export type ExternalAgentConfigImportHistoryRecordTypeResultParams = Static<
  typeof ExternalAgentConfigImportHistoryRecordTypeResultParams
>;

export const Params = T.Object(
  { providerId: T.String(), itemTypeResults: T.Array(ExternalAgentConfigImportHistoryRecordTypeResultParams) },
  { title: "ExternalAgentConfigImportHistoryRecordParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ importId: T.String() }, { title: "ExternalAgentConfigImportHistoryRecordResponse" });
export type Result = Static<typeof Result>;
