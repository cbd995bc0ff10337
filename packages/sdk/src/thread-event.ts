import type { ThreadItem } from "./thread-item.ts";

/** One line of `codex exec --json`. */
export type ThreadEvent =
  | ThreadStartedEvent
  | TurnStartedEvent
  | ItemStartedEvent
  | ItemUpdatedEvent
  | ItemCompletedEvent
  | TurnCompletedEvent
  | TurnFailedEvent
  | ThreadErrorEvent;

/** Always the first. `thread_id` is what resumes the thread. */
/** `overridden`: what an administrator decided otherwise than was asked for, in sentences; of our program only. */
export type ThreadStartedEvent = { type: "thread.started"; thread_id: string; overridden?: string[] };
export type TurnStartedEvent = { type: "turn.started" };
export type ItemStartedEvent = { type: "item.started"; item: ThreadItem };
export type ItemUpdatedEvent = { type: "item.updated"; item: ThreadItem };
export type ItemCompletedEvent = { type: "item.completed"; item: ThreadItem };

export type TurnCompletedEvent = {
  type: "turn.completed";
  /** Of this turn. */
  usage: Usage;
  /** Of the thread, this turn included; absent in programs that do not tell. */
  thread_usage?: Usage;
};

export type TurnFailedEvent = { type: "turn.failed"; error: ThreadError };

/** A notice from the stream; a turn that fails says so with `turn.failed`. */
export type ThreadErrorEvent = { type: "error"; message: string };

export type ThreadError = { message: string };

/** Tokens. `cached_input_tokens` are among `input_tokens`, `reasoning_output_tokens` among `output_tokens`. */
export type Usage = {
  input_tokens: number;
  cached_input_tokens: number;
  cache_write_input_tokens: number;
  output_tokens: number;
  reasoning_output_tokens: number;
};
