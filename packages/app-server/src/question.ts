import type { ThreadQuestion } from "@codex/core/audience";
import type { ServerRequest, ServerRequestResults } from "@codex/protocol/approvals";
import { ClientLeft, type Connection } from "./connection.ts";
import { isAnswer } from "./is-answer.ts";
import { answerForNone, noAnswerWarning, type NoAnswer } from "./no-answer.ts";

/** A question of a thread, as it goes to a client. */
export type ThreadRequest = Extract<ServerRequest, { method: ThreadQuestion }>;

type Answer = ServerRequestResults[ThreadQuestion];

/**
 * A question of a thread while it is open. It belongs to the thread and not to a connection: it may be put to any number of
 * clients, also later, and waits while there is none. The first answer counts. Only when all that were asked have failed
 * is there no answer, which is never a yes.
 */
export class Question {
  readonly request: ThreadRequest;
  readonly answered: Promise<Answer>;
  readonly #settle: (answer: Answer) => void;
  /** Those who may still answer, and how those who did not have failed. */
  readonly #asked = new Map<Connection, "waiting" | NoAnswer>();
  #open = true;

  constructor(request: ThreadRequest) {
    this.request = request;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.answered = promise;
    this.#settle = resolve;
  }

  /** Asks a client, or asks it once more: whoever resumes a thread sees what it waits for. */
  put(connection: Connection): void {
    this.#asked.set(connection, "waiting");
    connection.ask(this.request).then(
      (answer: unknown) => this.#hear(connection, answer),
      (error: unknown) => {
        if (error instanceof ClientLeft) this.forget(connection);
        else this.#fail(connection, "failed", error instanceof Error ? error.message : String(error));
      },
    );
  }

  /** The client has left: its silence is no answer, and the question waits for others. */
  forget(connection: Connection): void {
    this.#asked.delete(connection);
  }

  /** No answer is wanted any more. */
  close(): void {
    this.#open = false;
  }

  #hear(connection: Connection, answer: unknown): void {
    if (!this.#asked.has(connection)) return;
    if (!this.#open) {
      this.#tell(
        connection,
        `The answer to request ${this.request.id} came too late: it was already answered or withdrawn.`,
      );
      return;
    }
    if (!isAnswer(this.request.method, answer)) {
      this.#fail(connection, "invalid", "");
      return;
    }
    this.#open = false;
    this.#settle(answer);
  }

  #fail(connection: Connection, why: NoAnswer, detail: string): void {
    if (!this.#open || !this.#asked.has(connection)) return;
    this.#asked.set(connection, why);
    this.#tell(connection, noAnswerWarning(this.request.method, why, detail));
    if ([...this.#asked.values()].includes("waiting")) return;
    this.#open = false;
    this.#settle(answerForNone(this.request.method, why));
  }

  #tell(connection: Connection, message: string): void {
    if (connection.optedOut.has("warning")) return;
    connection.notify({ method: "warning", params: { threadId: this.request.params.threadId, message } });
  }
}
