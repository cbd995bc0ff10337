import { Type as T, type Static } from "@sinclair/typebox";
import { FunctionCallOutputBody, MessagePhase } from "./items.ts";
import { BigUint64, Nullable, Words } from "./schema.ts";
import { ImageDetail, ReasoningEffort } from "./values.ts";

export const AgentMessageInputContent = T.Union(
  [
    T.Object({ type: T.Literal("input_text"), text: T.String() }),
    T.Object({ type: T.Literal("encrypted_content"), encrypted_content: T.String() }),
  ],
  { title: "AgentMessageInputContent" },
);
export type AgentMessageInputContent = Static<typeof AgentMessageInputContent>;

export const ConfigurationReasoning = T.Object({ effort: ReasoningEffort }, { title: "ConfigurationReasoning" });
export type ConfigurationReasoning = Static<typeof ConfigurationReasoning>;

export const ContentItem = T.Union(
  [
    T.Object({ type: T.Literal("input_text"), text: T.String() }),
    T.Intersect([
      T.Object({ type: T.Literal("input_image"), detail: T.Optional(ImageDetail) }),
      T.Union([T.Object({ image_url: T.String() }), T.Object({ file_id: T.String() })]),
    ]),
    T.Intersect([
      T.Object({ type: T.Literal("input_audio") }),
      T.Union([T.Object({ audio_url: T.String() }), T.Object({ file_id: T.String() })]),
    ]),
    T.Object({
      type: T.Literal("output_text"),
      text: T.String(),
      annotations: T.Optional(T.Array(T.Unknown())),
      logprobs: T.Optional(T.Array(T.Unknown())),
    }),
  ],
  { title: "ContentItem" },
);
export type ContentItem = Static<typeof ContentItem>;

export const InternalChatMessageMetadataPassthrough = T.Object(
  { turn_id: T.Optional(T.String()) },
  { title: "InternalChatMessageMetadataPassthrough" },
);
export type InternalChatMessageMetadataPassthrough = Static<typeof InternalChatMessageMetadataPassthrough>;

export const LocalShellExecAction = T.Object(
  {
    command: T.Array(T.String()),
    timeout_ms: Nullable(BigUint64),
    working_directory: Nullable(T.String()),
    env: Nullable(T.Record(T.String(), T.String())),
    user: Nullable(T.String()),
  },
  { title: "LocalShellExecAction" },
);
export type LocalShellExecAction = Static<typeof LocalShellExecAction>;

export const LocalShellAction = T.Intersect([T.Object({ type: T.Literal("exec") }), LocalShellExecAction], {
  title: "LocalShellAction",
});
export type LocalShellAction = Static<typeof LocalShellAction>;

export const LocalShellStatus = Words(["completed", "in_progress", "incomplete"], { title: "LocalShellStatus" });
export type LocalShellStatus = Static<typeof LocalShellStatus>;

export const ReasoningItemContent = T.Union(
  [
    T.Object({ type: T.Literal("reasoning_text"), text: T.String() }),
    T.Object({ type: T.Literal("text"), text: T.String() }),
  ],
  { title: "ReasoningItemContent" },
);
export type ReasoningItemContent = Static<typeof ReasoningItemContent>;

export const ReasoningItemReasoningSummary = T.Object(
  { type: T.Literal("summary_text"), text: T.String() },
  { title: "ReasoningItemReasoningSummary" },
);
export type ReasoningItemReasoningSummary = Static<typeof ReasoningItemReasoningSummary>;

export const ResponseItemId = T.String({ title: "ResponseItemId" });
export type ResponseItemId = Static<typeof ResponseItemId>;

export const ResponsesApiWebSearchAction = T.Union(
  [
    T.Object({ type: T.Literal("search"), query: T.Optional(T.String()), queries: T.Optional(T.Array(T.String())) }),
    T.Object({ type: T.Literal("open_page"), url: T.Optional(T.String()) }),
    T.Object({ type: T.Literal("find_in_page"), url: T.Optional(T.String()), pattern: T.Optional(T.String()) }),
    T.Object({ type: T.Literal("other") }),
  ],
  { title: "ResponsesApiWebSearchAction" },
);
export type ResponsesApiWebSearchAction = Static<typeof ResponsesApiWebSearchAction>;

export const ResponseItem = T.Union(
  [
    T.Object({
      type: T.Literal("additional_tools"),
      id: T.Optional(ResponseItemId),
      role: T.String(),
      tools: T.Array(T.Unknown()),
    }),
    T.Object({
      type: T.Literal("message"),
      encrypted_content: T.Optional(T.String()),
      status: T.Optional(T.String()),
      id: T.Optional(ResponseItemId),
      role: T.String(),
      content: T.Array(ContentItem),
      phase: T.Optional(MessagePhase),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("agent_message"),
      id: T.Optional(ResponseItemId),
      author: T.String(),
      recipient: T.String(),
      content: T.Array(AgentMessageInputContent),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("reasoning"),
      id: T.Optional(ResponseItemId),
      summary: T.Array(ReasoningItemReasoningSummary),
      content: T.Optional(T.Array(ReasoningItemContent)),
      encrypted_content: Nullable(T.String()),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("local_shell_call"),
      encrypted_content: T.Optional(T.String()),
      id: T.Optional(ResponseItemId),
      call_id: Nullable(T.String()),
      status: LocalShellStatus,
      action: LocalShellAction,
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("function_call"),
      encrypted_content: T.Optional(T.String()),
      status: T.Optional(T.String()),
      id: T.Optional(ResponseItemId),
      name: T.String(),
      namespace: T.Optional(T.String()),
      arguments: T.String(),
      encrypted_function_args: T.Optional(T.Array(T.String())),
      call_id: T.String(),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("tool_search_call"),
      encrypted_content: T.Optional(T.String()),
      id: T.Optional(ResponseItemId),
      call_id: Nullable(T.String()),
      status: T.Optional(T.String()),
      execution: T.String(),
      arguments: T.Unknown(),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("function_call_output"),
      id: T.Optional(ResponseItemId),
      call_id: T.Optional(T.String()),
      name: T.Optional(T.String()),
      namespace: T.Optional(T.String()),
      output: FunctionCallOutputBody,
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("custom_tool_call"),
      encrypted_content: T.Optional(T.String()),
      id: T.Optional(ResponseItemId),
      status: T.Optional(T.String()),
      call_id: T.String(),
      name: T.String(),
      namespace: T.Optional(T.String()),
      input: T.String(),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("custom_tool_call_output"),
      id: T.Optional(ResponseItemId),
      call_id: T.String(),
      name: T.Optional(T.String()),
      output: FunctionCallOutputBody,
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("tool_search_output"),
      id: T.Optional(ResponseItemId),
      call_id: Nullable(T.String()),
      status: T.String(),
      execution: T.String(),
      tools: T.Array(T.Unknown()),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("web_search_call"),
      encrypted_content: T.Optional(T.String()),
      id: T.Optional(ResponseItemId),
      status: T.Optional(T.String()),
      action: T.Optional(ResponsesApiWebSearchAction),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("image_generation_call"),
      encrypted_content: T.Optional(T.String()),
      id: T.Optional(ResponseItemId),
      status: T.String(),
      revised_prompt: T.Optional(T.String()),
      result: T.String(),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("compaction"),
      id: T.Optional(ResponseItemId),
      encrypted_content: T.String(),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({ type: T.Literal("configuration_update"), reasoning: ConfigurationReasoning }),
    T.Object({ type: T.Literal("compaction_trigger") }),
    T.Object({
      type: T.Literal("context_compaction"),
      id: T.Optional(ResponseItemId),
      encrypted_content: T.Optional(T.String()),
      internal_chat_message_metadata_passthrough: T.Optional(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({ type: T.Literal("other") }),
  ],
  { title: "ResponseItem" },
);
export type ResponseItem = Static<typeof ResponseItem>;
