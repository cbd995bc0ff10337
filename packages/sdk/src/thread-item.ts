/**
 * The items of a turn as `codex exec --json` prints them. A field that is optional here may be absent, because the program
 * is an older one or because it has nothing to say.
 */
export type ThreadItem =
  | AgentMessageItem
  | ReasoningItem
  | CommandExecutionItem
  | FileChangeItem
  | McpToolCallItem
  | CollabToolCallItem
  | WebSearchItem
  | TodoListItem
  | ImageViewItem
  | ContextCompactionItem
  | ErrorItem;

/** What the agent says: text, or JSON where a schema was given. */
export type AgentMessageItem = {
  id: string;
  type: "agent_message";
  text: string;
  /** The message was cut and nothing came in its place. */
  incomplete?: true;
};

/** A summary of the model's reasoning. */
export type ReasoningItem = { id: string; type: "reasoning"; text: string };

export type CommandExecutionItem = {
  id: string;
  type: "command_execution";
  /** The command line, quoted for a shell. */
  command: string;
  /** Standard output and standard error together, in the order they came. */
  aggregated_output: string;
  /** Null while the command runs. */
  exit_code?: number | null;
  status: "in_progress" | "completed" | "failed" | "declined";
};

export type FileChangeItem = {
  id: string;
  type: "file_change";
  changes: {
    /** Absolute. */
    path: string;
    kind: "add" | "delete" | "update";
    /** Where the file went, if it moved. */
    move_path?: string;
  }[];
  status: "in_progress" | "completed" | "failed" | "declined";
};

export type McpToolCallItem = {
  id: string;
  type: "mcp_tool_call";
  server: string;
  tool: string;
  arguments: unknown;
  /** What the server gave; null or absent until then. */
  result?: {
    /** Content blocks as the Model Context Protocol has them. */
    content: { type: string; [field: string]: unknown }[];
    structured_content: unknown;
    _meta?: unknown;
  } | null;
  error?: { message: string } | null;
  status: "in_progress" | "completed" | "failed";
};

/** A message between agents of one session. */
export type CollabToolCallItem = {
  id: string;
  type: "collab_tool_call";
  tool: string;
  sender_thread_id: string;
  receiver_thread_ids: string[];
  prompt?: string | null;
  /** By thread id. */
  agents_states: Record<string, { status: string; message?: string | null }>;
  status: "in_progress" | "completed" | "failed";
};

export type WebSearchItem = { id: string; type: "web_search"; query: string; action?: unknown };

/** The agent's plan. */
export type TodoListItem = {
  id: string;
  type: "todo_list";
  items: { text: string; completed: boolean; status?: "pending" | "in_progress" | "completed" }[];
};

/** The agent looked at an image file. */
export type ImageViewItem = { id: string; type: "image_view"; path: string };

/** The conversation was shortened to fit the model. */
export type ContextCompactionItem = { id: string; type: "context_compaction" };

/** Something went wrong that did not end the turn. */
export type ErrorItem = { id: string; type: "error"; message: string };
