import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient, Nullable, OptionalNull, Words } from "../schema.ts";
import { AppInfo } from "../apps.ts";
import {
  ExternalAgentConfigImportItemTypeFailure,
  ExternalAgentConfigImportItemTypeSuccess,
  ExternalAgentConfigMigrationItemType,
} from "../external-agents.ts";
import { JsonValue } from "../values.ts";

export const AppListUpdatedNotification = T.Object({ data: T.Array(AppInfo) }, { title: "AppListUpdatedNotification" });
export type AppListUpdatedNotification = Static<typeof AppListUpdatedNotification>;

export const ExternalAgentConfigImportTypeResult = T.Object(
  {
    itemType: ExternalAgentConfigMigrationItemType,
    successes: T.Array(ExternalAgentConfigImportItemTypeSuccess),
    failures: T.Array(ExternalAgentConfigImportItemTypeFailure),
  },
  { title: "ExternalAgentConfigImportTypeResult" },
);
export type ExternalAgentConfigImportTypeResult = Static<typeof ExternalAgentConfigImportTypeResult>;

export const ExternalAgentConfigImportCompletedNotification = T.Object(
  { importId: T.String(), itemTypeResults: T.Array(ExternalAgentConfigImportTypeResult) },
  { title: "ExternalAgentConfigImportCompletedNotification" },
);
export type ExternalAgentConfigImportCompletedNotification = Static<
  typeof ExternalAgentConfigImportCompletedNotification
>;

export const ExternalAgentConfigImportProgressNotification = T.Object(
  { importId: T.String(), itemTypeResults: T.Array(ExternalAgentConfigImportTypeResult) },
  { title: "ExternalAgentConfigImportProgressNotification" },
);
export type ExternalAgentConfigImportProgressNotification = Static<
  typeof ExternalAgentConfigImportProgressNotification
>;

export const McpServerEventNotification = T.Object(
  { method: T.String(), params: JsonValue },
  { title: "McpServerEventNotification" },
);
export type McpServerEventNotification = Static<typeof McpServerEventNotification>;

export const McpServerEventStreamNotification = T.Object(
  { subscriptionId: T.String(), notification: McpServerEventNotification },
  { title: "McpServerEventStreamNotification" },
);
export type McpServerEventStreamNotification = Static<typeof McpServerEventStreamNotification>;

export const McpServerOauthLoginCompletedNotification = T.Object(
  {
    name: T.String(),
    threadId: Nullable(T.String()),
    loginId: OptionalNull(T.String()),
    success: T.Boolean(),
    error: Lenient(T.String()),
  },
  { title: "McpServerOauthLoginCompletedNotification" },
);
export type McpServerOauthLoginCompletedNotification = Static<typeof McpServerOauthLoginCompletedNotification>;

export const McpServerStartupFailureReason = Words(["reauthenticationRequired"], {
  title: "McpServerStartupFailureReason",
});
export type McpServerStartupFailureReason = Static<typeof McpServerStartupFailureReason>;

export const McpServerStartupState = Words(["starting", "ready", "failed", "cancelled"], {
  title: "McpServerStartupState",
});
export type McpServerStartupState = Static<typeof McpServerStartupState>;

export const McpServerStatusUpdatedNotification = T.Object(
  {
    threadId: Nullable(T.String()),
    name: T.String(),
    status: McpServerStartupState,
    error: Nullable(T.String()),
    failureReason: Nullable(McpServerStartupFailureReason),
  },
  { title: "McpServerStatusUpdatedNotification" },
);
export type McpServerStatusUpdatedNotification = Static<typeof McpServerStatusUpdatedNotification>;

export const SkillsChangedNotification = T.Object({}, { title: "SkillsChangedNotification" });
export type SkillsChangedNotification = Static<typeof SkillsChangedNotification>;
