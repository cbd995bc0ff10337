/** One client's line, whatever carries it: whole messages in and out, at the pace of both sides. */
export type Channel = {
  /** What arrives, in order, read no faster than it is taken; ends when the client has gone. */
  readonly incoming: AsyncIterable<Incoming>;
  /** Queues a message, in order. Nothing is sent once the line is gone. */
  send(text: string): void;
  /** Bytes that the client has not taken yet. */
  readonly waiting: number;
  /** Resolves when at most `limit` bytes wait, or the line is gone. */
  below(limit: number): Promise<void>;
  /** Whether somebody still answers at the other end within `patienceMs`; absent where a lost line shows by itself. */
  answers?(patienceMs: number): Promise<boolean>;
  /** Aborted when nothing can be sent any more. */
  readonly gone: AbortSignal;
  /** Sends what waits, for as long as `patienceMs`, then hangs up; the client is told why where its transport can. */
  close(why: CloseReason, patienceMs: number): Promise<void>;
};

export type Incoming =
  | { readonly type: "text"; readonly text: string }
  /** Not a message: too long (it was skipped), or bytes that are no UTF-8. */
  | { readonly type: "unreadable"; readonly why: "tooLong" | "notUtf8" };

/** Why the server hangs up. */
export type CloseReason = "done" | "draining" | "tooSlow";

/** Bytes of one message, at most: what a client attaches to a prompt travels in it. */
export const longestMessage = 64 * 1024 * 1024;
