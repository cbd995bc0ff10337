import type { ThreadEvent } from "@codex/protocol/notifications";
import type { ThreadActiveFlag, ThreadStatus } from "@codex/protocol/thread";
import type { ThreadQuestion } from "../audience.ts";

/** Whether a turn runs, and what it waits for: what lists of threads show, and faces are told as it changes. */
export class LiveStatus {
  readonly #threadId: string;
  readonly #notify: (event: ThreadEvent) => void;
  readonly #questions: ThreadQuestion[] = [];
  #running = false;
  #lastTurnFailed = false;

  constructor(threadId: string, notify: (event: ThreadEvent) => void) {
    this.#threadId = threadId;
    this.#notify = notify;
  }

  get now(): ThreadStatus {
    if (this.#running) return { type: "active", activeFlags: this.#flags() };
    return { type: this.#lastTurnFailed ? "systemError" : "idle" };
  }

  /** Not told yet: a client hears of the turn first by the answer to its request. */
  turnBegins(): void {
    this.#running = true;
  }

  turnEnded(failed: boolean): void {
    this.#running = false;
    this.#lastTurnFailed = failed;
    this.tell();
  }

  tell(): void {
    this.#notify({ method: "thread/status/changed", params: { threadId: this.#threadId, status: this.now } });
  }

  /** Says that the thread waits, as long as `ask` does. */
  async whileAsking<T>(method: ThreadQuestion, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    const before = this.#flags().length;
    this.#questions.push(method);
    if (this.#flags().length !== before) this.tell();
    try {
      return await ask();
    } finally {
      const flags = this.#flags().length;
      this.#questions.splice(this.#questions.indexOf(method), 1);
      // At an interrupt the end of the turn says it.
      if (!signal.aborted && this.#flags().length !== flags) this.tell();
    }
  }

  /** What the thread waits for, each once. */
  #flags(): ThreadActiveFlag[] {
    return [...new Set(this.#questions.flatMap((method) => waits(method) ?? []))];
  }
}

/** What a question makes the thread wait for, as faces show it. */
function waits(method: ThreadQuestion): ThreadActiveFlag | undefined {
  if (method === "item/tool/requestUserInput") return "waitingOnUserInput";
  return method === "item/tool/call" || method === "currentTime/read" ? undefined : "waitingOnApproval";
}
