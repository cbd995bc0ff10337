import { either, f64, flag, listOf, mapOf, oneOf, table, text, u16, u64, usize } from "./key.ts";

export const approvalMode = oneOf("auto", "prompt", "writes", "approve");

const serverTools = mapOf(table({ approval_mode: approvalMode, output_token_limit: usize }));

const tokenEndpointAuth = oneOf("client_secret_basic", "client_secret_post");

const oauth = table({
  client_id: text,
  client_secret: text,
  callback_port: u16,
  callback_url: text,
  token_endpoint_auth_method: tokenEndpointAuth,
  authorization_server_issuer: text,
});

/** One server, by command (stdio) or by url (streamable HTTP); which keys go with which is in `check-config.ts`. */
const server = table({
  command: text,
  args: listOf(text),
  env: mapOf(text),
  env_vars: listOf(either(text, table({ name: text, source: text }, ["name"]))),
  cwd: text,
  url: text,
  bearer_token: text,
  bearer_token_env_var: text,
  http_headers: mapOf(text),
  env_http_headers: mapOf(text),
  http_headers_helper: text,
  auth: oneOf("oauth", "chatgpt", "ema_auth"),
  oauth,
  oauth_resource: text,
  scopes: listOf(text),
  enabled: flag,
  required: flag,
  startup_timeout_sec: f64,
  startup_timeout_ms: u64,
  tool_timeout_sec: f64,
  enabled_tools: listOf(text),
  disabled_tools: listOf(text),
  default_tools_approval_mode: approvalMode,
  tools: serverTools,
  supports_parallel_tool_calls: flag,
  tool_input_schema_max_bytes: usize,
  startup_readiness: oneOf("connection", "catalog"),
  omit_tools_from: listOf(text),
  environment_id: text,
  name: text,
});

export const mcpKeys = {
  mcp_servers: mapOf(server),
  mcp_oauth_credentials_store: oneOf("auto", "file", "keyring"),
  mcp_oauth_callback_port: u16,
  mcp_oauth_callback_url: text,
  mcp_optional_startup_grace_ms: u64,
  mcp_enterprise_managed_auth: table({
    idp: table({ issuer: text, client_id: text, client_secret: text, token_endpoint_auth_method: tokenEndpointAuth }),
  }),
} as const;
