import { i64, listOf, mapOf, oneOf, path, table, text, u8, u16, usize, flag } from "./key.ts";

/** Which model answers, how it thinks, what it is told first. */
export const modelKeys = {
  model: text,
  review_model: text,
  model_provider: text,
  model_context_window: i64,
  model_auto_compact_token_limit: i64,
  model_auto_compact_token_limit_scope: oneOf("total", "body_after_prefix"),
  model_post_turn_compact_threshold_percent: u8,
  model_reasoning_effort: text,
  plan_mode_reasoning_effort: text,
  model_reasoning_summary: oneOf("auto", "concise", "detailed", "none"),
  model_verbosity: oneOf("low", "medium", "high"),
  model_catalog_json: path,
  service_tier: text,
  oss_provider: text,
  openai_base_url: text,
  chatgpt_base_url: text,
  responses_api_metadata: mapOf(text),
  tool_output_token_limit: usize,
} as const;

export const instructionKeys = {
  instructions: text,
  developer_instructions: text,
  model_instructions_file: path,
  compact_prompt: text,
  experimental_compact_prompt_file: path,
  include_permissions_instructions: flag,
  include_apps_instructions: flag,
  include_collaboration_mode_instructions: flag,
  include_environment_context: flag,
  include_environment_context_time: flag,
  project_doc_max_bytes: usize,
  project_doc_fallback_filenames: listOf(text),
  project_root_markers: listOf(text),
} as const;

/** Voice. */
export const realtimeKeys = {
  realtime: table({
    version: oneOf("v1", "v2", "v3"),
    type: oneOf("conversational", "transcription"),
    transport: oneOf("webrtc", "websocket"),
    voice: text,
  }),
  audio: table({ microphone: text, speaker: text, microphone_channel: u16 }),
  experimental_realtime_ws_base_url: text,
  experimental_realtime_ws_backend_prompt: text,
  experimental_realtime_ws_model: text,
  experimental_realtime_ws_startup_context: text,
  experimental_realtime_webrtc_call_base_url: text,
  experimental_realtime_start_instructions: text,
} as const;
