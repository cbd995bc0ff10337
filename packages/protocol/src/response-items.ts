import { Type as T, type Static } from "@sinclair/typebox";
import { AllOf, BigUint64, Lenient, Nullable, Words } from "./schema.ts";
import { FunctionCallOutputBody, MessagePhase } from "./items.ts";
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
    AllOf([
      T.Object({ type: T.Literal("input_image"), detail: Lenient(ImageDetail) }),
      T.Union([T.Object({ image_url: T.String() }), T.Object({ file_id: T.String() })], { calledAs: "ImageReference" }),
    ]),
    AllOf([
      T.Object({ type: T.Literal("input_audio") }),
      T.Union([T.Object({ audio_url: T.String() }), T.Object({ file_id: T.String() })], { calledAs: "AudioReference" }),
    ]),
    T.Object({
      type: T.Literal("output_text"),
      text: T.String(),
      annotations: Lenient(T.Array(T.Unknown())),
      logprobs: Lenient(T.Array(T.Unknown())),
    }),
  ],
  { title: "ContentItem" },
);
export type ContentItem = Static<typeof ContentItem>;

export const InternalChatMessageMetadataPassthrough = T.Object(
  { turn_id: Lenient(T.String()) },
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
  { title: "LocalShellExecAction", namedIn: "types" },
);
export type LocalShellExecAction = Static<typeof LocalShellExecAction>;

export const LocalShellAction = AllOf([T.Object({ type: T.Literal("exec") }), LocalShellExecAction], {
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

export const ResponseItemId = T.String({ title: "ResponseItemId", namedIn: "types" });
export type ResponseItemId = Static<typeof ResponseItemId>;

export const ResponsesApiWebSearchAction = T.Union(
  [
    T.Object({ type: T.Literal("search"), query: Lenient(T.String()), queries: Lenient(T.Array(T.String())) }),
    T.Object({ type: T.Literal("open_page"), url: Lenient(T.String()) }),
    T.Object({ type: T.Literal("find_in_page"), url: Lenient(T.String()), pattern: Lenient(T.String()) }),
    T.Object({ type: T.Literal("other") }),
  ],
  { title: "ResponsesApiWebSearchAction", open: true },
);
export type ResponsesApiWebSearchAction = Static<typeof ResponsesApiWebSearchAction>;

export const ResponseItem = T.Union(
  [
    T.Object({
      type: T.Literal("additional_tools"),
      id: Lenient(ResponseItemId),
      role: T.String(),
      tools: T.Array(T.Unknown()),
    }),
    T.Object({
      type: T.Literal("message"),
      encrypted_content: Lenient(T.String()),
      status: Lenient(T.String()),
      id: Lenient(ResponseItemId),
      role: T.String(),
      content: T.Array(ContentItem),
      phase: Lenient(MessagePhase),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("agent_message"),
      id: Lenient(ResponseItemId),
      author: T.String(),
      recipient: T.String(),
      content: T.Array(AgentMessageInputContent),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("reasoning"),
      id: Lenient(ResponseItemId),
      summary: T.Array(ReasoningItemReasoningSummary),
      content: Lenient(T.Array(ReasoningItemContent)),
      encrypted_content: Nullable(T.String()),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("local_shell_call"),
      encrypted_content: Lenient(T.String()),
      id: Lenient(ResponseItemId),
      call_id: Nullable(T.String()),
      status: LocalShellStatus,
      action: LocalShellAction,
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("function_call"),
      encrypted_content: Lenient(T.String()),
      status: Lenient(T.String()),
      id: Lenient(ResponseItemId),
      name: T.String(),
      namespace: Lenient(T.String()),
      arguments: T.String(),
      encrypted_function_args: Lenient(T.Array(T.String())),
      call_id: T.String(),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("tool_search_call"),
      encrypted_content: Lenient(T.String()),
      id: Lenient(ResponseItemId),
      call_id: Nullable(T.String()),
      status: Lenient(T.String()),
      execution: T.String(),
      arguments: T.Unknown(),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("function_call_output"),
      id: Lenient(ResponseItemId),
      call_id: Lenient(T.String()),
      name: Lenient(T.String()),
      namespace: Lenient(T.String()),
      output: FunctionCallOutputBody,
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("custom_tool_call"),
      encrypted_content: Lenient(T.String()),
      id: Lenient(ResponseItemId),
      status: Lenient(T.String()),
      call_id: T.String(),
      name: T.String(),
      namespace: Lenient(T.String()),
      input: T.String(),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("custom_tool_call_output"),
      id: Lenient(ResponseItemId),
      call_id: T.String(),
      name: Lenient(T.String()),
      output: FunctionCallOutputBody,
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("tool_search_output"),
      id: Lenient(ResponseItemId),
      call_id: Nullable(T.String()),
      status: T.String(),
      execution: T.String(),
      tools: T.Array(T.Unknown()),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("web_search_call"),
      encrypted_content: Lenient(T.String()),
      id: Lenient(ResponseItemId),
      status: Lenient(T.String()),
      action: Lenient(ResponsesApiWebSearchAction),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("image_generation_call"),
      encrypted_content: Lenient(T.String()),
      id: Lenient(ResponseItemId),
      status: T.String(),
      revised_prompt: Lenient(T.String()),
      result: T.String(),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({
      type: T.Literal("compaction"),
      id: Lenient(ResponseItemId),
      encrypted_content: T.String(),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({ type: T.Literal("configuration_update"), reasoning: ConfigurationReasoning }),
    T.Object({ type: T.Literal("compaction_trigger") }),
    T.Object({
      type: T.Literal("context_compaction"),
      id: Lenient(ResponseItemId),
      encrypted_content: Lenient(T.String()),
      internal_chat_message_metadata_passthrough: Lenient(InternalChatMessageMetadataPassthrough),
    }),
    T.Object({ type: T.Literal("other") }),
  ],
  { title: "ResponseItem", open: true },
);
export type ResponseItem = Static<typeof ResponseItem>;
