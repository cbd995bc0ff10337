import type { CodexOptions, ThreadOptions } from "./options.ts";
import { Thread } from "./thread.ts";

/** Starts threads with one program and one environment. Nothing runs until a thread's first turn. */
export class Codex {
  readonly #options: CodexOptions;

  constructor(options: CodexOptions = {}) {
    this.#options = options;
  }

  /** A new conversation. */
  startThread(options: ThreadOptions = {}): Thread {
    return new Thread(this.#options, options, null);
  }

  /** A recorded conversation, by its id or by the name it was given. */
  resumeThread(id: string, options: ThreadOptions = {}): Thread {
    return new Thread(this.#options, options, id);
  }
}
