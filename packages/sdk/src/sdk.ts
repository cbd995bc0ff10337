/**
 * The library's face: everything a program imports from `@codex/sdk`.
 *
 *     const thread = new Codex().startThread({ workingDirectory: "/repo", sandboxMode: "workspace-write" });
 *     const turn = await thread.run("Make the failing test pass.");
 *     console.log(turn.finalResponse);
 */
export { Codex } from "./codex.ts";
export { CodexError, type CodexFailure } from "./codex-error.ts";
export type { Input, UserInput } from "./input.ts";
export type {
  ApprovalMode,
  CodexConfigObject,
  CodexConfigValue,
  CodexOptions,
  CyberAccessProgram,
  ModelReasoningEffort,
  SandboxMode,
  ThreadOptions,
  TurnOptions,
  WebSearchMode,
} from "./options.ts";
export { Thread, type RunStreamedResult, type StreamedTurn } from "./thread.ts";
export type {
  ItemCompletedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  ThreadError,
  ThreadErrorEvent,
  ThreadEvent,
  ThreadStartedEvent,
  TurnCompletedEvent,
  TurnFailedEvent,
  TurnStartedEvent,
  Usage,
} from "./thread-event.ts";
export type {
  AgentMessageItem,
  CollabToolCallItem,
  CommandExecutionItem,
  ContextCompactionItem,
  ErrorItem,
  FileChangeItem,
  ImageViewItem,
  McpToolCallItem,
  ReasoningItem,
  ThreadItem,
  TodoListItem,
  WebSearchItem,
} from "./thread-item.ts";
export type { RunResult, Turn } from "./turn.ts";
