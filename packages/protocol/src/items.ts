import { Type as T, type Static } from "@sinclair/typebox";
import {
  AllOf,
  Defaulted,
  Int32,
  Int64,
  Lenient,
  MayOmit,
  Nullable,
  OpenWords,
  OptionalNull,
  Uint,
  Uint32,
  Uint64,
  Words,
} from "./schema.ts";
import { AbsolutePathBuf, ImageDetail, JsonValue, LegacyAppPathString, ReasoningEffort } from "./values.ts";

export const AgentMessageDelivery = Words(["async"], { title: "AgentMessageDelivery" });
export type AgentMessageDelivery = Static<typeof AgentMessageDelivery>;

export const AgentMessageDisplay = T.Object(
  {
    action: T.String(),
    blockType: Nullable(T.String()),
    cyberTrustedAccess: Nullable(T.Boolean()),
    checkTrustedContacts: Nullable(T.Boolean()),
  },
  { title: "AgentMessageDisplay" },
);
export type AgentMessageDisplay = Static<typeof AgentMessageDisplay>;

export const AgentMessageModeration = T.Object(
  { moderated: T.Boolean(), display: Nullable(AgentMessageDisplay) },
  { title: "AgentMessageModeration" },
);
export type AgentMessageModeration = Static<typeof AgentMessageModeration>;

export const AsyncUserInputQuestion = T.Object(
  { title: T.String(), options: Nullable(T.Array(T.String())) },
  { title: "AsyncUserInputQuestion", additionalProperties: false },
);
export type AsyncUserInputQuestion = Static<typeof AsyncUserInputQuestion>;

export const ByteRange = T.Object({ start: Uint, end: Uint }, { title: "ByteRange" });
export type ByteRange = Static<typeof ByteRange>;

export const CollabAgentStatus = Words(
  ["pendingInit", "running", "interrupted", "completed", "errored", "shutdown", "notFound"],
  { title: "CollabAgentStatus" },
);
export type CollabAgentStatus = Static<typeof CollabAgentStatus>;

export const CollabAgentState = T.Object(
  { status: CollabAgentStatus, message: Nullable(T.String()) },
  { title: "CollabAgentState" },
);
export type CollabAgentState = Static<typeof CollabAgentState>;

export const CollabAgentTool = Words(
  [
    "spawnAgent",
    "sendInput",
    "resumeAgent",
    "wait",
    "closeAgent",
    "sendMessage",
    "followupTask",
    "interruptAgent",
    "listAgents",
  ],
  { title: "CollabAgentTool" },
);
export type CollabAgentTool = Static<typeof CollabAgentTool>;

export const CollabAgentToolCallStatus = Words(["inProgress", "completed", "failed", "interrupted"], {
  title: "CollabAgentToolCallStatus",
});
export type CollabAgentToolCallStatus = Static<typeof CollabAgentToolCallStatus>;

export const CommandAction = T.Union(
  [
    T.Object({ type: T.Literal("read"), command: T.String(), name: T.String(), path: LegacyAppPathString }),
    T.Object({ type: T.Literal("listFiles"), command: T.String(), path: Nullable(T.String()) }),
    T.Object({
      type: T.Literal("search"),
      command: T.String(),
      query: Nullable(T.String()),
      path: Nullable(T.String()),
    }),
    T.Object({ type: T.Literal("unknown"), command: T.String() }),
  ],
  { title: "CommandAction" },
);
export type CommandAction = Static<typeof CommandAction>;

export const CommandExecutionSource = Words(["agent", "userShell", "unifiedExecStartup", "unifiedExecInteraction"], {
  title: "CommandExecutionSource",
});
export type CommandExecutionSource = Static<typeof CommandExecutionSource>;

export const CommandExecutionStatus = Words(["inProgress", "completed", "failed", "declined"], {
  title: "CommandExecutionStatus",
});
export type CommandExecutionStatus = Static<typeof CommandExecutionStatus>;

export const DynamicToolCallOutputContentItem = T.Union(
  [
    T.Object({ type: T.Literal("inputText"), text: T.String() }),
    T.Object({ type: T.Literal("inputImage"), imageUrl: T.String() }),
    T.Object({ type: T.Literal("inputAudio"), audioUrl: T.String() }),
  ],
  { title: "DynamicToolCallOutputContentItem" },
);
export type DynamicToolCallOutputContentItem = Static<typeof DynamicToolCallOutputContentItem>;

export const DynamicToolCallStatus = Words(["inProgress", "completed", "failed"], { title: "DynamicToolCallStatus" });
export type DynamicToolCallStatus = Static<typeof DynamicToolCallStatus>;

export const PatchChangeKind = T.Union(
  [
    T.Object({ type: T.Literal("add") }),
    T.Object({ type: T.Literal("delete") }),
    T.Object({ type: T.Literal("update"), move_path: Nullable(T.String()) }),
  ],
  { title: "PatchChangeKind" },
);
export type PatchChangeKind = Static<typeof PatchChangeKind>;

export const FileUpdateChange = T.Object(
  { path: T.String(), kind: PatchChangeKind, diff: T.String() },
  { title: "FileUpdateChange" },
);
export type FileUpdateChange = Static<typeof FileUpdateChange>;

export const FunctionCallOutputContentItem = T.Union(
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
    T.Object({ type: T.Literal("encrypted_content"), encrypted_content: T.String() }),
  ],
  { title: "FunctionCallOutputContentItem" },
);
export type FunctionCallOutputContentItem = Static<typeof FunctionCallOutputContentItem>;

export const FunctionCallOutputBody = T.Union([T.String(), T.Array(FunctionCallOutputContentItem)], {
  title: "FunctionCallOutputBody",
});
export type FunctionCallOutputBody = Static<typeof FunctionCallOutputBody>;

export const HookPromptFragment = T.Object(
  { text: T.String(), hookRunId: T.String() },
  { title: "HookPromptFragment" },
);
export type HookPromptFragment = Static<typeof HookPromptFragment>;

export const ImageGenerationFailure = T.Object(
  { type: T.Literal("usageLimitExceeded"), limitId: T.String(), resetsAt: Nullable(Int64) },
  { title: "ImageGenerationFailure" },
);
export type ImageGenerationFailure = Static<typeof ImageGenerationFailure>;

export const ImageGenerationInputImage = T.Object(
  { path: AbsolutePathBuf, sha256: T.String() },
  { title: "ImageGenerationInputImage" },
);
export type ImageGenerationInputImage = Static<typeof ImageGenerationInputImage>;

export const ImageGenerationItem = AllOf(
  [
    T.Object({
      id: T.String(),
      status: T.String(),
      revisedPrompt: Nullable(T.String()),
      transparentBackground: Lenient(T.Boolean()),
      failure: Nullable(ImageGenerationFailure),
      savedPath: Lenient(AbsolutePathBuf),
      inputImages: T.Optional(T.Array(ImageGenerationInputImage)),
      generationId: Nullable(T.String()),
    }),
    T.Union([T.Object({ fileId: T.String() }), T.Object({ result: T.String() })]),
  ],
  { title: "ImageGenerationItem", namedIn: "types" },
);
export type ImageGenerationItem = Static<typeof ImageGenerationItem>;

export const McpAppDisplayMode = Words(["inline", "fullscreen"], { title: "McpAppDisplayMode" });
export type McpAppDisplayMode = Static<typeof McpAppDisplayMode>;

export const McpAppUi = T.Object(
  { resourceUri: T.String(), preferredModelDisplayMode: McpAppDisplayMode },
  { title: "McpAppUi" },
);
export type McpAppUi = Static<typeof McpAppUi>;

export const McpToolCallAppContext = T.Object(
  {
    connectorId: T.String(),
    linkId: Nullable(T.String()),
    resourceUri: Nullable(T.String()),
    appName: Nullable(T.String()),
    actionName: Nullable(T.String()),
  },
  { title: "McpToolCallAppContext" },
);
export type McpToolCallAppContext = Static<typeof McpToolCallAppContext>;

export const McpToolCallError = T.Object({ message: T.String() }, { title: "McpToolCallError" });
export type McpToolCallError = Static<typeof McpToolCallError>;

export const McpToolCallResult = T.Object(
  { content: T.Array(JsonValue), structuredContent: Nullable(JsonValue), _meta: Nullable(JsonValue) },
  { title: "McpToolCallResult" },
);
export type McpToolCallResult = Static<typeof McpToolCallResult>;

export const McpToolCallStatus = Words(["inProgress", "completed", "failed"], { title: "McpToolCallStatus" });
export type McpToolCallStatus = Static<typeof McpToolCallStatus>;

export const MemoryCitationEntry = T.Object(
  { path: T.String(), lineStart: Uint32, lineEnd: Uint32, note: T.String() },
  { title: "MemoryCitationEntry" },
);
export type MemoryCitationEntry = Static<typeof MemoryCitationEntry>;

export const MemoryCitation = T.Object(
  { entries: T.Array(MemoryCitationEntry), threadIds: T.Array(T.String()) },
  { title: "MemoryCitation" },
);
export type MemoryCitation = Static<typeof MemoryCitation>;

export const MessagePhase = OpenWords(["commentary", "partial_answer", "final_answer"], { title: "MessagePhase" });
export type MessagePhase = Static<typeof MessagePhase>;

export const PatchApplyStatus = Words(["inProgress", "completed", "failed", "declined"], { title: "PatchApplyStatus" });
export type PatchApplyStatus = Static<typeof PatchApplyStatus>;

export const SleepItem = T.Object({ id: T.String(), durationMs: Uint64 }, { title: "SleepItem", namedIn: "types" });
export type SleepItem = Static<typeof SleepItem>;

export const SubAgentActivityKind = Words(["started", "interacted", "interrupted", "completed"], {
  title: "SubAgentActivityKind",
});
export type SubAgentActivityKind = Static<typeof SubAgentActivityKind>;

export const TextElement = T.Object(
  { byteRange: ByteRange, placeholder: Nullable(T.String()) },
  { title: "TextElement" },
);
export type TextElement = Static<typeof TextElement>;

export const UserInput = T.Union(
  [
    T.Object({ type: T.Literal("text"), text: T.String(), text_elements: MayOmit(T.Array(TextElement), []) }),
    AllOf([
      T.Object({ type: T.Literal("image"), detail: Lenient(ImageDetail) }),
      T.Union([T.Object({ url: T.String() }), T.Object({ fileId: T.String() })], { calledAs: "ImageReference" }),
    ]),
    T.Object({ type: T.Literal("localImage"), detail: Lenient(ImageDetail), path: T.String() }),
    AllOf([
      T.Object({ type: T.Literal("audio") }),
      T.Union([T.Object({ url: T.String() }), T.Object({ fileId: T.String() })], { calledAs: "AudioReference" }),
    ]),
    T.Object({ type: T.Literal("localAudio"), path: T.String() }),
    T.Object({ type: T.Literal("skill"), name: T.String(), path: T.String() }),
    T.Object({ type: T.Literal("mention"), name: T.String(), path: T.String() }),
  ],
  { title: "UserInput" },
);
export type UserInput = Static<typeof UserInput>;

export const WebSearchAction = T.Union(
  [
    T.Object({ type: T.Literal("search"), query: Nullable(T.String()), queries: Nullable(T.Array(T.String())) }),
    T.Object({ type: T.Literal("openPage"), url: Nullable(T.String()) }),
    T.Object({ type: T.Literal("findInPage"), url: Nullable(T.String()), pattern: Nullable(T.String()) }),
    T.Object({ type: T.Literal("other") }),
  ],
  { title: "WebSearchAction" },
);
export type WebSearchAction = Static<typeof WebSearchAction>;

export const WebSearchItem = T.Object(
  { id: T.String(), query: T.String(), action: Nullable(WebSearchAction), results: Nullable(T.Array(JsonValue)) },
  { title: "WebSearchItem", namedIn: "types" },
);
export type WebSearchItem = Static<typeof WebSearchItem>;

export const ThreadItem = AllOf(
  [
    T.Object({ startedAtMs: OptionalNull(Int64), completedAtMs: OptionalNull(Int64) }),
    T.Union([
      T.Object({
        type: T.Literal("userMessage"),
        id: T.String(),
        clientId: Nullable(T.String()),
        content: T.Array(UserInput),
      }),
      T.Object({ type: T.Literal("hookPrompt"), id: T.String(), fragments: T.Array(HookPromptFragment) }),
      T.Object({
        type: T.Literal("agentMessage"),
        moderation: Nullable(AgentMessageModeration),
        id: T.String(),
        text: T.String(),
        phase: Nullable(MessagePhase),
        memoryCitation: Nullable(MemoryCitation),
        delivery: Nullable(AgentMessageDelivery),
        questions: Nullable(T.Array(AsyncUserInputQuestion)),
        /** Ours: the stream broke before the message ended. */
        incomplete: T.Optional(T.Boolean()),
      }),
      T.Object({
        type: T.Literal("functionCallOutput"),
        id: T.String(),
        name: T.String(),
        namespace: Nullable(T.String()),
        output: FunctionCallOutputBody,
      }),
      T.Object({ type: T.Literal("plan"), id: T.String(), text: T.String() }),
      T.Object({
        type: T.Literal("reasoning"),
        id: T.String(),
        summary: Defaulted(T.Array(T.String()), []),
        content: Defaulted(T.Array(T.String()), []),
      }),
      T.Object({
        type: T.Literal("commandExecution"),
        id: T.String(),
        pluginId: Nullable(T.String()),
        scriptPath: Nullable(T.String()),
        command: T.String(),
        cwd: LegacyAppPathString,
        processId: Nullable(T.String()),
        source: Defaulted(CommandExecutionSource, "agent"),
        status: CommandExecutionStatus,
        commandActions: T.Array(CommandAction),
        aggregatedOutput: Nullable(T.String()),
        exitCode: Nullable(Int32),
        durationMs: Nullable(Int64),
      }),
      T.Object({
        type: T.Literal("fileChange"),
        id: T.String(),
        changes: T.Array(FileUpdateChange),
        status: PatchApplyStatus,
      }),
      T.Object({
        type: T.Literal("mcpToolCall"),
        id: T.String(),
        server: T.String(),
        tool: T.String(),
        status: McpToolCallStatus,
        arguments: JsonValue,
        appContext: Nullable(McpToolCallAppContext),
        mcpAppResourceUri: Lenient(T.String()),
        mcpAppUi: Nullable(McpAppUi),
        pluginId: Nullable(T.String()),
        readOnlyHint: Nullable(T.Boolean()),
        result: Nullable(McpToolCallResult),
        error: Nullable(McpToolCallError),
        durationMs: Nullable(Int64),
      }),
      T.Object({
        type: T.Literal("dynamicToolCall"),
        id: T.String(),
        namespace: Nullable(T.String()),
        tool: T.String(),
        arguments: JsonValue,
        status: DynamicToolCallStatus,
        contentItems: Nullable(T.Array(DynamicToolCallOutputContentItem)),
        success: Nullable(T.Boolean()),
        durationMs: Nullable(Int64),
      }),
      T.Object({
        type: T.Literal("collabAgentToolCall"),
        id: T.String(),
        tool: CollabAgentTool,
        status: CollabAgentToolCallStatus,
        senderThreadId: T.String(),
        receiverThreadIds: T.Array(T.String()),
        prompt: Nullable(T.String()),
        model: Nullable(T.String()),
        reasoningEffort: Nullable(ReasoningEffort),
        agentsStates: T.Record(T.String(), CollabAgentState),
      }),
      T.Object({
        type: T.Literal("subAgentActivity"),
        model: Nullable(T.String()),
        reasoningEffort: Nullable(ReasoningEffort),
        id: T.String(),
        kind: SubAgentActivityKind,
        agentThreadId: T.String(),
        agentPath: T.String(),
      }),
      AllOf([T.Object({ type: T.Literal("webSearch") }), WebSearchItem]),
      T.Object({ type: T.Literal("imageView"), id: T.String(), path: LegacyAppPathString }),
      AllOf([T.Object({ type: T.Literal("sleep") }), SleepItem]),
      AllOf([T.Object({ type: T.Literal("imageGeneration") }), ImageGenerationItem]),
      T.Object({ type: T.Literal("enteredReviewMode"), id: T.String(), review: T.String() }),
      T.Object({ type: T.Literal("exitedReviewMode"), id: T.String(), review: T.String() }),
      T.Object({ type: T.Literal("contextCompaction"), id: T.String() }),
    ]),
  ],
  { title: "ThreadItem" },
);
export type ThreadItem = Static<typeof ThreadItem>;

export type ThreadItemOf<Type extends ThreadItem["type"]> = Extract<ThreadItem, { type: Type }>;

/** How a command or a patch stands. */
export type RunStatus = CommandExecutionStatus;
