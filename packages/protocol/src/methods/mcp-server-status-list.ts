import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, Lenient, Nullable, OptionalNull, Uint32, Words } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const McpServerStatusDetail = Words(["full", "toolsAndAuthOnly"], { title: "McpServerStatusDetail" });
export type McpServerStatusDetail = Static<typeof McpServerStatusDetail>;

export const Params = T.Object(
  {
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    detail: OptionalNull(McpServerStatusDetail),
    threadId: OptionalNull(T.String()),
    serverName: OptionalNull(T.String()),
  },
  { title: "ListMcpServerStatusParams" },
);
export type Params = Static<typeof Params>;

export const McpServerConnectionStatus = Words(
  ["notStarted", "starting", "connected", "authenticationRequired", "failed", "cancelled", "disabled"],
  { title: "McpServerConnectionStatus" },
);
export type McpServerConnectionStatus = Static<typeof McpServerConnectionStatus>;

export const McpServerInfo = T.Object(
  {
    name: T.String(),
    title: Nullable(T.String()),
    version: T.String(),
    description: Nullable(T.String()),
    icons: Nullable(T.Array(JsonValue)),
    websiteUrl: Nullable(T.String()),
  },
  { title: "McpServerInfo" },
);
export type McpServerInfo = Static<typeof McpServerInfo>;

export const Tool = T.Object(
  {
    name: T.String(),
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    inputSchema: JsonValue,
    outputSchema: T.Optional(JsonValue),
    annotations: T.Optional(JsonValue),
    icons: Lenient(T.Array(JsonValue)),
    _meta: T.Optional(JsonValue),
  },
  { title: "Tool" },
);
export type Tool = Static<typeof Tool>;

export const Resource = T.Object(
  {
    annotations: T.Optional(JsonValue),
    description: Lenient(T.String()),
    mimeType: Lenient(T.String()),
    name: T.String(),
    size: Lenient(Int64),
    title: Lenient(T.String()),
    uri: T.String(),
    icons: Lenient(T.Array(JsonValue)),
    _meta: T.Optional(JsonValue),
  },
  { title: "Resource" },
);
export type Resource = Static<typeof Resource>;

export const ResourceTemplate = T.Object(
  {
    annotations: T.Optional(JsonValue),
    uriTemplate: T.String(),
    name: T.String(),
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    mimeType: Lenient(T.String()),
  },
  { title: "ResourceTemplate" },
);
export type ResourceTemplate = Static<typeof ResourceTemplate>;

export const McpAuthStatus = Words(["unknown", "unsupported", "notLoggedIn", "bearerToken", "oAuth"], {
  title: "McpAuthStatus",
});
export type McpAuthStatus = Static<typeof McpAuthStatus>;

export const McpServerStatus = T.Object(
  {
    name: T.String(),
    runtimeStatus: Nullable(McpServerConnectionStatus),
    pluginId: Nullable(T.String()),
    httpOrigin: Nullable(T.String()),
    serverInfo: Nullable(McpServerInfo),
    serverCapabilities: Nullable(JsonValue),
    toolListMeta: Nullable(JsonValue),
    tools: T.Record(T.String(), Tool),
    toolsError: Nullable(T.String()),
    resources: T.Array(Resource),
    resourceTemplates: T.Array(ResourceTemplate),
    authStatus: McpAuthStatus,
  },
  { title: "McpServerStatus" },
);
export type McpServerStatus = Static<typeof McpServerStatus>;

export const Result = T.Object(
  { data: T.Array(McpServerStatus), nextCursor: Nullable(T.String()) },
  { title: "ListMcpServerStatusResponse" },
);
export type Result = Static<typeof Result>;
