import { childEnvironment } from "./child-environment.ts";
import { CodexError } from "./codex-error.ts";
import { execArguments } from "./exec-arguments.ts";
import { findCodex } from "./find-codex.ts";
import { type Input, readInput } from "./input.ts";
import type { CodexOptions, ThreadOptions, TurnOptions } from "./options.ts";
import { writeSchemaFile } from "./schema-file.ts";
import { streamTurn } from "./stream-turn.ts";
import type { ThreadEvent } from "./thread-event.ts";
import { gatherTurn, type Turn } from "./turn.ts";

/** A turn that goes on. The program starts when the first event is asked for. */
export type StreamedTurn = { events: AsyncGenerator<ThreadEvent> };

/** The same by the name of the method that gives it. */
export type RunStreamedResult = StreamedTurn;

/** A conversation: any number of turns, one after the other. */
export class Thread {
  readonly #codex: CodexOptions;
  readonly #options: ThreadOptions;
  #id: string | null;
  #busy = false;

  /** For `Codex`, which gives threads. */
  constructor(codex: CodexOptions, options: ThreadOptions, id: string | null) {
    this.#codex = codex;
    this.#options = options;
    this.#id = id;
  }

  /** What resumes this thread; null until its first turn has started. */
  get id(): string | null {
    return this.#id;
  }

  /**
   * Runs one turn to its end. Throws a `CodexError` where the turn fails and an `AbortError` where it is aborted; in
   * either case the program is gone by then.
   */
  run(input: Input, options: TurnOptions = {}): Promise<Turn> {
    return gatherTurn(this.#events(input, options));
  }

  /**
   * Runs one turn and gives its events as they are written. The program waits for a slow reader, and ends when the reader
   * leaves the loop. After `turn.failed` the stream throws, as `run` does.
   */
  async runStreamed(input: Input, options: TurnOptions = {}): Promise<StreamedTurn> {
    return { events: this.#events(input, options) };
  }

  async *#events(input: Input, options: TurnOptions): AsyncGenerator<ThreadEvent, void> {
    // Two turns at once would make two threads of a new one, and write over each other in an old one.
    if (this.#busy)
      throw new CodexError("busy", "This thread already runs a turn: wait for its end, or start another thread.");
    this.#busy = true;
    try {
      for await (const event of this.#turn(input, options)) {
        if (event.type === "thread.started") this.#id = event.thread_id;
        yield event;
      }
    } finally {
      this.#busy = false;
    }
  }

  async *#turn(input: Input, options: TurnOptions): AsyncGenerator<ThreadEvent, void> {
    const env = childEnvironment(this.#codex, process.env);
    const program = findCodex(this.#codex.codexPathOverride, env);
    const { prompt, images } = readInput(input);
    const schema = await writeSchemaFile(options.outputSchema);
    try {
      const args = execArguments({
        codex: this.#codex,
        thread: this.#options,
        turn: options,
        images,
        schemaFile: schema?.path,
        resume: this.#id,
      });
      yield* streamTurn({ program, args, env, prompt }, options.signal);
    } finally {
      await schema?.remove();
    }
  }
}
