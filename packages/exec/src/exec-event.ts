/**
 * The lines of `exec --json`: a projection of the notifications. Names and shapes are what programs parse of the original
 * 0.169.0; ours beyond it: `incomplete` on a message that was cut, `status` of a plan's steps, `thread_usage`,
 * `overridden` where an administrator decided otherwise.
 */
export type ExecEvent =
  | { type: "thread.started"; thread_id: string; overridden?: string[] }
  | { type: "turn.started" }
  | { type: "item.started" | "item.updated" | "item.completed"; item: { id: string } & ExecItem }
  | { type: "turn.completed"; usage: ExecUsage; thread_usage: ExecUsage }
  | { type: "turn.failed"; error: { message: string } }
  | { type: "error"; message: string };

export type ExecItem =
  | { type: "agent_message"; text: string; incomplete?: true }
  | { type: "reasoning"; text: string }
  | {
      type: "command_execution";
      command: string;
      aggregated_output: string;
      exit_code: number | null;
      status: "in_progress" | "completed" | "failed" | "declined";
    }
  | {
      type: "file_change";
      changes: { path: string; kind: "add" | "update" | "delete"; move_path?: string }[];
      status: "in_progress" | "completed" | "failed" | "declined";
    }
  | { type: "web_search"; query: string; action: unknown }
  | { type: "image_view"; path: string }
  | { type: "context_compaction" }
  | { type: "todo_list"; items: { text: string; completed: boolean; status: string }[] }
  | { type: "error"; message: string };

export type ExecUsage = {
  input_tokens: number;
  cached_input_tokens: number;
  cache_write_input_tokens: number;
  output_tokens: number;
  reasoning_output_tokens: number;
};
