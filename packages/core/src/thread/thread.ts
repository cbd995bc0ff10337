import { fail } from "@codex/protocol/errors";
import { isObject, type JsonObject } from "@codex/protocol/json";
import type { Params } from "@codex/protocol/methods";
import type { ThreadOpened } from "@codex/protocol/methods/thread-settings";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Thread as ThreadSummary, ThreadStatus, Turn as TurnSummary } from "@codex/protocol/thread";
import type { Audience } from "../audience.ts";
import type { StoredThread } from "../store/stored-thread.ts";
import type { ThreadLog } from "../store/thread-store.ts";
import { turnError } from "../turn/turn-error.ts";
import type { TurnEnd } from "../turn/turn.ts";
import { conductTurn, type ConductDeps } from "./conduct-turn.ts";
import { describeThread, openedThread, type ThreadFacts } from "./describe-thread.ts";
import { Journal } from "./journal.ts";
import { OpenTurn } from "./open-turn.ts";
import { prepareInput } from "./prepare-input.ts";
import type { ThreadSettings } from "./thread-settings.ts";

export type ThreadDeps = Omit<ConductDeps, "journal"> & {
  readonly audience: Audience;
  /** Applies what a turn asks to change, for it and those after it. */
  override(settings: ThreadSettings, params: Params<"turn/start">): Promise<Result<ThreadSettings>>;
  /** The turns as they are on disk; undefined where nothing is there yet. */
  storedTurns(): TurnSummary[] | undefined;
  /** Called after each turn that completed. */
  onTurnCompleted(turn: OpenTurn): void;
};

/** A thread as it is opened: new, resumed or forked. */
export type ThreadStart = {
  readonly facts: ThreadFacts;
  readonly settings: ThreadSettings;
  /** Undefined for a thread that leaves nothing on disk. */
  readonly log: ThreadLog | undefined;
  readonly stored: StoredThread | undefined;
  /** The AGENTS.md files that apply. */
  readonly instructionSources: string[];
  /** Sentences to be told at the first turn. */
  readonly warnings: string[];
};

/** A conversation, and the one turn that may run in it. */
export class Thread {
  readonly id: string;
  readonly #start: ThreadStart;
  readonly #deps: ThreadDeps;
  readonly #journal: Journal;
  /** Kept only for a thread that has nothing on disk. */
  readonly #turns: TurnSummary[] = [];
  #facts: ThreadFacts;
  #settings: ThreadSettings;
  /** Sentences that the person has not been told yet. */
  readonly #warnings: string[];
  #active: { turn: OpenTurn; ended: Promise<void> } | undefined;
  /** One start at a time: two at once would both find no turn that runs. */
  #starting: Promise<unknown> = Promise.resolve();
  #openQuestions = 0;
  #lastTurnFailed = false;
  #closed = false;

  constructor(start: ThreadStart, deps: ThreadDeps) {
    this.id = start.facts.id;
    this.#start = start;
    this.#deps = deps;
    this.#facts = start.facts;
    this.#settings = start.settings;
    this.#warnings = [...start.warnings, ...start.settings.warnings];
    this.#journal = new Journal({
      log: start.log,
      stored: start.stored,
      show: (event) => deps.audience.notify(event),
      onFailure: (error) => this.#active?.turn.abort(turnError(error.message)),
    });
  }

  /** False for a thread that leaves nothing on disk. */
  get isStored(): boolean {
    return this.#start.log !== undefined;
  }

  describe(options: { turns: boolean }): ThreadSummary {
    return describeThread(this.#facts, this.#settings, this.#status(), options.turns ? this.#allTurns() : []);
  }

  /** What start, resume and fork answer. */
  opened(options: { turns: boolean }): ThreadOpened {
    return openedThread(this.describe(options), this.#settings, this.#start.instructionSources);
  }

  /** Begins a turn, or adds to the one that runs. The turn goes on after this has resolved. */
  startTurn(params: Params<"turn/start">): Promise<Result<TurnSummary>> {
    const started = this.#starting.then(() => this.#startOrSteer(params));
    this.#starting = started.catch(() => undefined);
    return started;
  }

  async #startOrSteer(params: Params<"turn/start">): Promise<Result<TurnSummary>> {
    if (this.#active) {
      if (params.input.length === 0) return err(fail("emptyInput"));
      const { turn, ended } = this.#active;
      const heard = turn.steer({ input: params.input, clientId: params.clientUserMessageId ?? null });
      if (heard) return ok(turn.summary());
      await ended;
    }
    const settings = await this.#deps.override(this.#settings, params);
    if (!settings.ok) return settings;
    const input = await prepareInput(params.input, settings.value);
    if (!input.ok) return input;
    if (this.#closed) return err(fail("threadNotLoaded", this.id));
    if (settings.value.warnings !== this.#settings.warnings) this.#warnings.push(...settings.value.warnings);
    this.#settings = settings.value;

    const turn = this.#openTurn(params);
    const ended = Promise.resolve().then(async () => {
      this.#tellStatus();
      this.#tellWarnings(turn);
      const end = await conductTurn(turn, input.value, { ...this.#deps, journal: this.#journal });
      this.#finish(turn, end);
    });
    this.#active = { turn, ended };
    return ok(turn.summary());
  }

  /** Resolves when the turn has ended. */
  async interrupt(turnId: string): Promise<Result<void>> {
    if (!this.#active) return err(fail("noActiveTurn"));
    const { turn, ended } = this.#active;
    if (turn.id !== turnId) return err(fail("otherTurnActive", turnId, turn.id));
    turn.abort();
    await ended;
    return ok(undefined);
  }

  rename(name: string): void {
    this.#facts = { ...this.#facts, name };
  }

  /** Interrupts what runs, ends the thread's commands, closes its rollout. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#active?.turn.abort();
    await this.#active?.ended;
    await this.#deps.tools.close();
    this.#journal.close();
  }

  #openTurn(params: Params<"turn/start">): OpenTurn {
    const text = params.input.find((part) => part.type === "text")?.text;
    if (this.#facts.preview === "" && text !== undefined) this.#facts = { ...this.#facts, preview: text };
    this.#journal.usage.startTurn();
    const wish = {
      input: params.input,
      clientUserMessageId: params.clientUserMessageId ?? null,
      outputSchema: isObject(params.outputSchema) ? (params.outputSchema as JsonObject) : undefined,
      trigger: params.turnTrigger ?? "user",
    };
    const turn: OpenTurn = new OpenTurn(this.id, this.#settings, wish, {
      clock: this.#deps.clock,
      journal: this.#journal,
      ask: async (method, question, signal) => {
        if (++this.#openQuestions === 1) this.#tellStatus();
        try {
          const answer = await this.#deps.audience.ask(method, question, signal);
          if ("decision" in answer && answer.decision === "cancel") turn.abort();
          return answer;
        } finally {
          if (--this.#openQuestions === 0) this.#tellStatus();
        }
      },
    });
    return turn;
  }

  #finish(turn: OpenTurn, end: TurnEnd): void {
    const summary = turn.summary(end);
    this.#active = undefined;
    this.#lastTurnFailed = end.status === "failed";
    this.#facts = { ...this.#facts, updatedMs: this.#deps.clock.now() };
    if (!this.#start.log) this.#turns.push(turn.full(end));
    this.#tellStatus();
    const told = turn.emit({ method: "turn/completed", params: { threadId: this.id, turn: summary } });
    // Where even the end could not be stored, the faces still learn that there is one.
    if (!told) {
      const error = turnError("The session file could not be written.");
      const failed = { ...summary, status: "failed" as const, error: summary.error ?? error };
      this.#deps.audience.notify({ method: "turn/completed", params: { threadId: this.id, turn: failed } });
    }
    if (end.status === "completed") this.#deps.onTurnCompleted(turn);
  }

  #allTurns(): TurnSummary[] {
    const { log, stored } = this.#start;
    const kept = log ? (this.#deps.storedTurns() ?? stored?.turns ?? []) : this.#turns;
    const running = this.#active?.turn.full();
    return running ? [...kept.filter((turn) => turn.id !== running.id), running] : kept;
  }

  #tellWarnings(turn: OpenTurn): void {
    for (const message of this.#warnings.splice(0)) {
      turn.emit({ method: "warning", params: { threadId: this.id, message } });
    }
  }

  #tellStatus(): void {
    const status = this.#status();
    this.#deps.audience.notify({ method: "thread/status/changed", params: { threadId: this.id, status } });
  }

  #status(): ThreadStatus {
    if (this.#active) return { type: "active", activeFlags: this.#openQuestions > 0 ? ["waitingOnApproval"] : [] };
    return { type: this.#lastTurnFailed ? "systemError" : "idle" };
  }
}
