import { anything, flag, listOf, mapOf, oneOf, path, table, text, u64, nonzero } from "./key.ts";

/** A command that prints a fresh bearer token. */
const tokenCommand = table(
  { command: text, args: listOf(text), timeout_ms: nonzero, refresh_interval_ms: u64, cwd: path },
  ["command"],
);

/** Where models are reached. What must hold between these keys is in `check-config.ts`. */
export const providerKey = table({
  name: text,
  base_url: text,
  model_catalog_url: text,
  env_key: text,
  env_key_instructions: text,
  experimental_bearer_token: text,
  auth: tokenCommand,
  gateway_oauth: mapOf(anything),
  aws: table({ profile: text, region: text, auth_refresh: mapOf(anything) }),
  project_id: text,
  location: text,
  credential_file: path,
  wire_api: oneOf("responses"),
  capabilities: mapOf(anything),
  query_params: mapOf(text),
  http_headers: mapOf(text),
  env_http_headers: mapOf(text),
  request_max_retries: u64,
  stream_max_retries: u64,
  stream_idle_timeout_ms: u64,
  websocket_connect_timeout_ms: u64,
  requires_openai_auth: flag,
  supports_websockets: flag,
  supports_standalone_web_search: flag,
});

export const providerKeys = { model_providers: mapOf(providerKey) } as const;
