import { aliasNames, featureNames } from "../feature-table.ts";
import {
  anything,
  either,
  flag,
  i32,
  i64,
  listOf,
  mapOf,
  nonzero,
  oneOf,
  openTable,
  path,
  table,
  text,
  u64,
  usize,
} from "./key.ts";
import { approvalMode } from "./mcp.ts";

const webSearch = table({
  context_size: oneOf("low", "medium", "high"),
  allowed_domains: listOf(text),
  location: table({ country: text, region: text, city: text, timezone: text }),
});

const enabled = table({ enabled: flag });

const multiAgent = table({
  enabled: flag,
  max_concurrent_threads_per_session: usize,
  min_wait_timeout_ms: i64,
  default_wait_timeout_ms: i64,
  max_wait_timeout_ms: i64,
  hide_spawn_agent_metadata: flag,
  expose_spawn_agent_model_overrides: flag,
  non_code_mode_only: flag,
  root_agent_usage_hint_text: text,
  subagent_usage_hint_text: text,
  subagent_developer_instructions: text,
  multi_agent_mode_hint_text: text,
  tool_namespace: text,
  usage_hint_enabled: flag,
  usage_hint_text: text,
  wait_agent_enabled: flag,
});

const openSettings = either(flag, mapOf(anything));

/** The features that take settings in a table of their own. */
const featuresWithSettings = {
  multi_agent_v2: either(flag, multiAgent),
  network_proxy: openSettings,
  code_mode: openSettings,
  context_management: openSettings,
  async_compaction: openSettings,
  current_time_reminder: openSettings,
  token_budget: openSettings,
  rollout_budget: openSettings,
  sleep_tool: openSettings,
  guardianv3: openSettings,
  apps_mcp_path_override: openSettings,
} as const;

type FeatureKey = typeof flag | typeof openSettings | (typeof featuresWithSettings)["multi_agent_v2"];

const features: Record<string, FeatureKey> = {
  ...Object.fromEntries([...featureNames, ...aliasNames].map((name) => [name, flag])),
  ...featuresWithSettings,
};

export const toolKeys = {
  web_search: oneOf("disabled", "cached", "indexed", "live"),
  tools: table({
    web_search: either(flag, webSearch),
    client_search_provider: oneOf("standalone", "search_mcp"),
    update_plan: enabled,
    experimental_request_user_input: enabled,
  }),
  tool_suggest: table({ disabled_tools: listOf(table({ type: text, id: text })), discoverables: listOf(anything) }),
  experimental_use_unified_exec_tool: flag,
  features: table(features),
} as const;

const role = table({
  name: text,
  description: text,
  config_file: path,
  nickname_candidates: listOf(text),
  developer_instructions: text,
});

const hookEvents = [
  "SessionStart",
  "SessionEnd",
  "UserPromptSubmit",
  "PreModelRequest",
  "PostModelRequest",
  "PreToolUse",
  "PermissionRequest",
  "PostToolUse",
  "PreCompact",
  "PostCompact",
  "Stop",
  "SubagentStart",
  "SubagentStop",
  "Interrupt",
] as const;

const memories = table({
  version: oneOf("v1", "v2"),
  dual_write: flag,
  generate_memories: flag,
  use_memories: flag,
  dedicated_tools: flag,
  disable_on_external_context: flag,
  no_memories_if_mcp_or_web_search: flag,
  max_raw_memories_for_consolidation: usize,
  max_unused_days: u64,
  max_rollout_age_days: u64,
  max_rollouts_per_startup: usize,
  min_rollout_idle_hours: u64,
  min_rate_limit_remaining_percent: u64,
  extract_model: text,
  consolidation_model: text,
  consolidation_service_tier: text,
});

/** Sub-agents, skills, hooks, goals, memory. */
export const agentKeys = {
  agents: openTable(
    {
      enabled: flag,
      max_threads: usize,
      max_depth: i32,
      max_concurrent_threads_per_session: usize,
      default_subagent_model: text,
      default_subagent_reasoning_effort: text,
      job_max_runtime_seconds: u64,
      interrupt_message: flag,
    },
    role,
  ),
  skills: table({
    bundled: enabled,
    config: listOf(table({ path, name: text, enabled: flag }, ["enabled"])),
    include_instructions: flag,
  }),
  hooks: table({ ...Object.fromEntries(hookEvents.map((event) => [event, listOf(anything)])), state: anything }),
  memories,
  goals: table({ max_goal_token_budget: nonzero }),
  orchestrator: table({ skills: enabled, mcp: enabled }),
  cloud: table({ skills: enabled }),
  daybreak: flag,
} as const;

const appTool = table({ enabled: flag, approval_mode: approvalMode });

const appDefaults = {
  enabled: flag,
  destructive_enabled: flag,
  open_world_enabled: flag,
  default_tools_approval_mode: approvalMode,
  approvals_reviewer: oneOf("user", "auto_review", "guardian_subagent"),
} as const;

const app = table({
  ...appDefaults,
  default_tools_enabled: flag,
  tools: mapOf(appTool),
  links: anything,
  omit_tools_from: listOf(text),
});

const pluginServer = table({
  enabled: flag,
  enabled_tools: listOf(text),
  disabled_tools: listOf(text),
  default_tools_approval_mode: approvalMode,
  tools: mapOf(table({ approval_mode: approvalMode, output_token_limit: usize })),
});

/** Apps, plugins and where plugins come from. */
export const extensionKeys = {
  apps: openTable({ _default: table(appDefaults) }, app),
  plugins: openTable(
    { _default: enabled },
    table({ enabled: flag, release_id: text, auto_provision: flag, mcp_servers: mapOf(pluginServer) }),
  ),
  marketplaces: mapOf(
    table({
      source_type: oneOf("git", "local"),
      source: text,
      ref: text,
      sparse_paths: listOf(text),
      last_updated: text,
      last_revision: text,
    }),
  ),
  apps_mcp_product_sku: text,
} as const;
