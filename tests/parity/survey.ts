import type { JsonValue } from "@codex/protocol/json";

/** One call of the survey. `differs` says why our answer is another than the original's; it must then be another. */
export type SurveyCall = {
  readonly method: string;
  readonly params?: JsonValue;
  readonly differs?: string;
};

const ours = "The models that come with Codex are described in our own words, and one at a time is the default.";
const flags = "The flags come in the order in which `codex features list` prints them, and are described there.";
const later = "Not yet. It answers that this part is not there.";
const words = "Our own words.";
const nowhere = "018f2f2e-0000-7000-8000-000000000000";
const write = (keyPath: string, value: JsonValue, more: Record<string, JsonValue> = {}) => ({
  method: "config/value/write",
  params: { keyPath, value, mergeStrategy: "replace", ...more },
});

/** Cheap calls over every area that answers without a model. */
export const survey: readonly SurveyCall[] = [
  { method: "config/read", params: {} },
  { method: "config/read", params: { includeLayers: true } },
  { method: "config/read", params: { includeLayers: 5 } },
  { method: "configRequirements/read" },
  { method: "config/mcpServer/reload" },
  write("model", "x"),
  write("model", 5),
  write("nope.deep", 1),
  write("model_reasoning_effort", "bogus"),
  write("model", null),
  {
    ...write("approval_policy", "zzz"),
    differs: "Only words are named where a word is expected; granular is a table.",
  },
  write("", 1),
  write("a..b", 1),
  write('"quo.ted".x', 1),
  write("model", "y", { expectedVersion: "sha256:zz" }),
  write("model", "y", { filePath: "/tmp/other.toml" }),
  write("sandbox_mode", "bad"),
  write("history", { max_bytes: 5 }),
  write("history", { persistence: "none" }, { mergeStrategy: "upsert" }),
  write("history", { max_bytes: 6 }),
  write("projects./a/b.trust_level", "trusted"),
  write('projects."/a/c".trust_level', "trusted"),
  write("profile", "p"),
  { method: "config/value/write", params: { keyPath: "model", value: 1 } },
  {
    method: "config/batchWrite",
    params: {
      edits: [
        { keyPath: "model", value: "q", mergeStrategy: "replace" },
        { keyPath: "sandbox_mode", value: "read-only", mergeStrategy: "upsert" },
      ],
    },
  },
  {
    method: "config/batchWrite",
    params: {
      edits: [
        { keyPath: "model", value: "r", mergeStrategy: "replace" },
        { keyPath: "sandbox_mode", value: "bad", mergeStrategy: "upsert" },
      ],
    },
  },
  { method: "config/batchWrite", params: { edits: [] } },
  { method: "config/read", params: { includeLayers: true } },
  { method: "model/list", params: { limit: 2 }, differs: ours },
  { method: "model/list", params: { cursor: "x" } },
  { method: "model/list", params: { cursor: "100" } },
  { method: "model/list", params: { modelProvider: "nope" }, differs: words },
  { method: "modelProvider/list", params: {} },
  {
    method: "modelProvider/config/write",
    params: { settings: { type: "customGateway", name: "New", baseUrl: "http://n/v1", envKey: "NK" } },
  },
  {
    method: "modelProvider/config/write",
    params: { settings: { type: "customGateway", providerId: "new", baseUrl: "http://y" } },
  },
  {
    method: "modelProvider/config/write",
    params: { settings: { type: "customGateway", providerId: "zzz", name: "q" } },
  },
  { method: "modelProvider/config/write", params: { settings: { type: "customGateway", name: "", baseUrl: "u" } } },
  {
    method: "modelProvider/config/write",
    params: { settings: { type: "customGateway", providerId: "openai", name: "q" } },
  },
  { method: "modelProvider/list", params: {} },
  {
    method: "modelProvider/capabilities/read",
    params: {},
    differs: "No tool of ours makes images, so none is claimed.",
  },
  { method: "permissionProfile/list", params: {} },
  { method: "permissionProfile/list", params: { limit: 1 } },
  { method: "permissionProfile/list", params: { cursor: "9" } },
  { method: "experimentalFeature/list", params: { limit: 3 }, differs: flags },
  { method: "experimentalFeature/list", params: { threadId: nowhere } },
  {
    method: "experimentalFeature/enablement/set",
    params: { enablement: { tool_suggest: false, memories: true, shell_tool: false, nope: true } },
  },
  { method: "config/read", params: {} },
  { method: "collaborationMode/list", params: {} },
  { method: "skills/list", params: {}, differs: "The skills that the original unpacks into every home are not there." },
  { method: "hooks/list", params: {} },
  { method: "hooks/list", params: { cwds: ["/tmp", "/x"] } },
  { method: "plugin/list", params: {} },
  { method: "plugin/installed", params: {} },
  { method: "mcpServerStatus/list", params: {} },
  { method: "mcpServer/oauth/login", params: { name: "nope" } },
  { method: "app/list", params: {} },
  { method: "app/installed", params: {} },
  { method: "memory/status", params: {}, differs: later },
  { method: "remoteControl/status/read" },
  { method: "windowsSandbox/readiness" },
  { method: "mock/experimentalMethod", params: { value: "v" } },
  { method: "userVerification/status", params: {}, differs: words },
  { method: "thread/goal/get", params: { threadId: nowhere } },
  { method: "thread/realtime/listVoices", params: {}, differs: later },
  { method: "getConversationSummary", params: { conversationId: nowhere } },
  { method: "getConversationSummary", params: { rolloutPath: "/nope" } },
  { method: "feedback/save", params: { classification: "bug" } },
  { method: "feedback/save", params: { classification: "bug", savePath: "rel" } },
  { method: "thread/read", params: { threadId: nowhere } },
  { method: "thread/read", params: { threadId: "nope" }, differs: "The id is named, not what a parser says of it." },
  { method: "thread/resume", params: { threadId: nowhere } },
  { method: "thread/archive", params: { threadId: nowhere } },
  { method: "thread/unarchive", params: { threadId: nowhere } },
  { method: "thread/delete", params: { threadId: nowhere } },
  { method: "thread/loaded/list", params: {} },
  { method: "thread/list", params: {} },
  { method: "thread/name/set", params: { threadId: nowhere, name: "n" } },
  { method: "turn/start", params: { threadId: nowhere, input: [] } },
  { method: "turn/interrupt", params: { threadId: nowhere, turnId: "x" } },
  { method: "fs/readFile", params: { path: "relative" } },
  { method: "fs/readFile", params: { path: "/nonexistent/x" } },
  { method: "environment/status", params: { environmentId: "local" } },
];
