import type { ThreadOpened } from "@codex/protocol/methods/thread-opened";
import type { ServerNotification } from "@codex/protocol/notifications";

/** One way to show a run: lines for programs, or text for people. */
export type Printer = {
  started(opened: ThreadOpened, prompt: string): void;
  show(notification: ServerNotification): void;
  /** After the turn; `lastMessage` is undefined where the model said nothing. */
  finished(lastMessage: string | undefined): void;
};

/** Where a printer writes whole lines; what happens where that is not possible is not its concern. */
export type Writers = { out(text: string): void; err(text: string): void };
