import { Type as T, type Static } from "@sinclair/typebox";

/** The parts of a conversation as faces see them. Shapes: the JSON Schema that the original 0.169.0 prints. */

const Nullable = <S extends Parameters<typeof T.Union>[0][number]>(schema: S) => T.Union([schema, T.Null()]);

export const TextElement = T.Object({
  byteRange: T.Object({ start: T.Integer(), end: T.Integer() }),
  placeholder: Nullable(T.String()),
});

export const UserInput = T.Union([
  T.Object({ type: T.Literal("text"), text: T.String(), text_elements: T.Optional(T.Array(TextElement)) }),
  T.Object({ type: T.Literal("image"), url: T.String(), detail: T.Optional(T.String()) }),
  T.Object({ type: T.Literal("localImage"), path: T.String(), detail: T.Optional(T.String()) }),
  T.Object({ type: T.Literal("skill"), name: T.String(), path: T.String() }),
  T.Object({ type: T.Literal("mention"), name: T.String(), path: T.String() }),
]);
export type UserInput = Static<typeof UserInput>;

/** What a shell command does, as far as its words tell. */
export const CommandAction = T.Union([
  T.Object({ type: T.Literal("read"), command: T.String(), name: T.String(), path: T.String() }),
  T.Object({ type: T.Literal("listFiles"), command: T.String(), path: Nullable(T.String()) }),
  T.Object({ type: T.Literal("search"), command: T.String(), query: Nullable(T.String()), path: Nullable(T.String()) }),
  T.Object({ type: T.Literal("unknown"), command: T.String() }),
]);
export type CommandAction = Static<typeof CommandAction>;

export const FileUpdateChange = T.Object({
  /** Absolute. */
  path: T.String(),
  kind: T.Union([
    T.Object({ type: T.Literal("add") }),
    T.Object({ type: T.Literal("delete") }),
    T.Object({ type: T.Literal("update"), move_path: Nullable(T.String()) }),
  ]),
  /** For "add" and "delete" the whole content, for "update" unified hunks. */
  diff: T.String(),
});
export type FileUpdateChange = Static<typeof FileUpdateChange>;

const RunStatus = T.Union([
  T.Literal("inProgress"),
  T.Literal("completed"),
  T.Literal("failed"),
  T.Literal("declined"),
]);
export type RunStatus = Static<typeof RunStatus>;

export const WebSearchAction = T.Union([
  T.Object({ type: T.Literal("search"), query: Nullable(T.String()), queries: Nullable(T.Array(T.String())) }),
  T.Object({ type: T.Literal("openPage"), url: Nullable(T.String()) }),
  T.Object({ type: T.Literal("findInPage"), url: Nullable(T.String()), pattern: Nullable(T.String()) }),
  T.Object({ type: T.Literal("other") }),
]);
export type WebSearchAction = Static<typeof WebSearchAction>;

/** When an item began and ended, Unix milliseconds. */
const times = {
  startedAtMs: T.Optional(Nullable(T.Integer())),
  completedAtMs: T.Optional(Nullable(T.Integer())),
};

export const UserMessageItem = T.Object({
  type: T.Literal("userMessage"),
  id: T.String(),
  clientId: Nullable(T.String()),
  content: T.Array(UserInput),
  ...times,
});
export const AgentMessageItem = T.Object({
  type: T.Literal("agentMessage"),
  id: T.String(),
  text: T.String(),
  phase: Nullable(T.String()),
  moderation: T.Null(),
  memoryCitation: T.Null(),
  delivery: T.Null(),
  questions: T.Null(),
  /** Ours: the stream broke before the message ended. */
  incomplete: T.Optional(T.Boolean()),
  ...times,
});
export const ReasoningThreadItem = T.Object({
  type: T.Literal("reasoning"),
  id: T.String(),
  summary: T.Array(T.String()),
  content: T.Array(T.String()),
  ...times,
});
export const CommandExecutionItem = T.Object({
  type: T.Literal("commandExecution"),
  id: T.String(),
  /** The whole shell line, quoted: `/bin/bash -lc 'echo 1'`. */
  command: T.String(),
  cwd: T.String(),
  processId: Nullable(T.String()),
  source: T.Union([
    T.Literal("agent"),
    T.Literal("userShell"),
    T.Literal("unifiedExecStartup"),
    T.Literal("unifiedExecInteraction"),
  ]),
  status: RunStatus,
  commandActions: T.Array(CommandAction),
  aggregatedOutput: Nullable(T.String()),
  exitCode: Nullable(T.Integer()),
  durationMs: Nullable(T.Integer()),
  pluginId: T.Null(),
  scriptPath: T.Null(),
  ...times,
});
export const FileChangeItem = T.Object({
  type: T.Literal("fileChange"),
  id: T.String(),
  changes: T.Array(FileUpdateChange),
  status: RunStatus,
  ...times,
});
export const WebSearchItem = T.Object({
  type: T.Literal("webSearch"),
  id: T.String(),
  query: T.String(),
  action: Nullable(WebSearchAction),
  results: T.Null(),
  ...times,
});
export const ImageViewItem = T.Object({ type: T.Literal("imageView"), id: T.String(), path: T.String(), ...times });
export const ContextCompactionItem = T.Object({ type: T.Literal("contextCompaction"), id: T.String(), ...times });

export const ThreadItem = T.Union([
  UserMessageItem,
  AgentMessageItem,
  ReasoningThreadItem,
  CommandExecutionItem,
  FileChangeItem,
  WebSearchItem,
  ImageViewItem,
  ContextCompactionItem,
]);
export type ThreadItem = Static<typeof ThreadItem>;
export type ThreadItemOf<Type extends ThreadItem["type"]> = Extract<ThreadItem, { type: Type }>;
