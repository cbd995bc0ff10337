import { Type as T, type Static } from "@sinclair/typebox";
import { HookMigration } from "./hooks.ts";
import { PluginsMigration } from "./plugins.ts";
import { Defaulted, Nullable, Words } from "./schema.ts";

export const CommandMigration = T.Object({ name: T.String() }, { title: "CommandMigration" });
export type CommandMigration = Static<typeof CommandMigration>;

export const ExternalAgentConfigMigrationItemType = Words(
  [
    "AGENTS_MD",
    "CONFIG",
    "SKILLS",
    "PLUGINS",
    "MCP_SERVER_CONFIG",
    "SUBAGENTS",
    "HOOKS",
    "COMMANDS",
    "MEMORY",
    "SESSIONS",
  ],
  { title: "ExternalAgentConfigMigrationItemType" },
);
export type ExternalAgentConfigMigrationItemType = Static<typeof ExternalAgentConfigMigrationItemType>;

export const ExternalAgentConfigImportItemTypeFailure = T.Object(
  {
    itemType: ExternalAgentConfigMigrationItemType,
    errorType: Nullable(T.String()),
    subErrorType: Nullable(T.String()),
    failureStage: T.String(),
    message: T.String(),
    cwd: Nullable(T.String()),
    source: Nullable(T.String()),
  },
  { title: "ExternalAgentConfigImportItemTypeFailure" },
);
export type ExternalAgentConfigImportItemTypeFailure = Static<typeof ExternalAgentConfigImportItemTypeFailure>;

export const ExternalAgentConfigImportItemTypeSuccess = T.Object(
  {
    itemType: ExternalAgentConfigMigrationItemType,
    cwd: Nullable(T.String()),
    source: Nullable(T.String()),
    target: Nullable(T.String()),
    title: Nullable(T.String()),
  },
  { title: "ExternalAgentConfigImportItemTypeSuccess" },
);
export type ExternalAgentConfigImportItemTypeSuccess = Static<typeof ExternalAgentConfigImportItemTypeSuccess>;

export const SkillMigration = T.Object({ name: T.String() }, { title: "SkillMigration" });
export type SkillMigration = Static<typeof SkillMigration>;

export const SessionMigration = T.Object(
  { path: T.String(), cwd: T.String(), title: Nullable(T.String()) },
  { title: "SessionMigration" },
);
export type SessionMigration = Static<typeof SessionMigration>;

export const McpServerMigration = T.Object({ name: T.String() }, { title: "McpServerMigration" });
export type McpServerMigration = Static<typeof McpServerMigration>;

export const SubagentMigration = T.Object({ name: T.String() }, { title: "SubagentMigration" });
export type SubagentMigration = Static<typeof SubagentMigration>;

export const MigrationDetails = T.Object(
  {
    plugins: Defaulted(T.Array(PluginsMigration), []),
    skills: Defaulted(T.Array(SkillMigration), []),
    sessions: Defaulted(T.Array(SessionMigration), []),
    mcpServers: Defaulted(T.Array(McpServerMigration), []),
    hooks: Defaulted(T.Array(HookMigration), []),
    subagents: Defaulted(T.Array(SubagentMigration), []),
    commands: Defaulted(T.Array(CommandMigration), []),
    memory: T.Optional(T.Array(T.String())),
  },
  { title: "MigrationDetails" },
);
export type MigrationDetails = Static<typeof MigrationDetails>;

export const ExternalAgentConfigMigrationItem = T.Object(
  {
    itemType: ExternalAgentConfigMigrationItemType,
    description: T.String(),
    cwd: Nullable(T.String()),
    details: Nullable(MigrationDetails),
  },
  { title: "ExternalAgentConfigMigrationItem" },
);
export type ExternalAgentConfigMigrationItem = Static<typeof ExternalAgentConfigMigrationItem>;
