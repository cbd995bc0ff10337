import type { ModelEvent } from "@codex/model/model-event";
import type { Clock } from "@codex/platform/clock";
import type { ThreadEvent } from "@codex/protocol/notifications";
import type { ResponseItem, ResponsesRequest, TokenUsage, ToolCallItem } from "@codex/protocol/responses";
import type { TurnError } from "@codex/protocol/thread";

/** How a turn ended. */
export type TurnEnd =
  | { status: "completed" }
  | { status: "interrupted"; error?: TurnError }
  | { status: "failed"; error: TurnError };

/** One exchange: the user's input, and what the model does about it until it calls no more tools. */
export type Turn = {
  readonly id: string;
  readonly threadId: string;
  /** Aborted by an interrupt, by the thread's end, or (reason: a TurnError) when something could not be stored. */
  readonly signal: AbortSignal;
  /** Stores, then shows. */
  emit(event: ThreadEvent): void;
  /** Called before each further request: makes the history shorter where it must be; an end where the turn cannot go on. */
  makeRoom(): Promise<TurnEnd | undefined>;
  /** Puts items at the end of the model's history, on disk first. */
  append(items: readonly ResponseItem[]): void;
  /** Counts what a response used; nothing of it is lost where the program ends before it is told. */
  addUsage(responseId: string | undefined, usage: TokenUsage | undefined): void;
  /** Tells the faces what has been counted. */
  tellUsage(): void;
  /** Takes in what the user has said since the turn began, and tells how often: it is in the history and shown then. */
  takeSteers(): Promise<number>;
  /** Whether the turn may end; false where the user has just said more. Once true, nothing more is taken in. */
  mayEnd(): boolean;
  /** The request for the history as it stands now. */
  request(): ResponsesRequest;
};

/** What the loop needs of the world. */
export type TurnDeps = {
  readonly clock: Clock;
  readonly model: { stream(request: () => ResponsesRequest, signal: AbortSignal): AsyncIterable<ModelEvent> };
  readonly tools: {
    /** Runs one call and gives the item that answers it; never rejects. */
    dispatch(call: ToolCallItem): Promise<ResponseItem>;
  };
};

/** What one request to the model came to. */
export type Reply = {
  readonly calls: readonly { call: ToolCallItem; output: ResponseItem }[];
  /** The server asked for another request. */
  readonly goOn: boolean;
  readonly failure?: TurnError;
};
