import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import type { ThreadOpened } from "@codex/protocol/methods/thread-opened";
import { err, ok, type Result } from "@codex/protocol/result";
import type { ResponseItem } from "@codex/protocol/responses";
import type { Thread as ThreadSummary, Turn as TurnSummary } from "@codex/protocol/thread";
import type { Audience } from "../audience.ts";
import type { StoredThread } from "../store/stored-thread.ts";
import type { ThreadLog } from "../store/thread-store.ts";
import type { BackgroundTerminals } from "../tools/background-terminals.ts";
import { abortedEnd } from "../turn/run-turn.ts";
import { turnError } from "../turn/turn-error.ts";
import type { TurnEnd } from "../turn/turn.ts";
import { answerInput } from "./answer-input.ts";
import type { ConductDeps } from "./conduct-deps.ts";
import { conductTurn } from "./conduct-turn.ts";
import { describeThread, openedThread, type ThreadFacts } from "./describe-thread.ts";
import { HeldSettings } from "./held-settings.ts";
import { Journal } from "./journal.ts";
import { LiveStatus } from "./live-status.ts";
import { noWish, OpenTurn, type TurnWish } from "./open-turn.ts";
import { prepareInput } from "./prepare-input.ts";
import { standingOf, type Standing } from "./standing-of.ts";
import type { ThreadSettings } from "./thread-settings.ts";
import { inputProblem, notSteerable, steerOf, wishOf } from "./turn-wish.ts";
import type { SettingsChange } from "./change-settings.ts";

export type ThreadDeps = Omit<ConductDeps, "journal"> & {
  readonly audience: Audience;
  /** Applies what a client asks to change, for turns to come. */
  override(settings: ThreadSettings, params: SettingsChange): Promise<Result<ThreadSettings>>;
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
  /** Where it stood when it was opened, which holds as long as its file has not grown. */
  readonly begun: { readonly path: string; readonly bytes: number; readonly standing: Standing } | undefined;
  readonly #start: ThreadStart;
  readonly #deps: ThreadDeps;
  readonly #journal: Journal;
  readonly #settings: HeldSettings;
  readonly #status: LiveStatus;
  /** Kept only for a thread that has nothing on disk. */
  readonly #turns: TurnSummary[] = [];
  #facts: ThreadFacts;
  #active: { turn: OpenTurn; ended: Promise<void> } | undefined;
  /** One start at a time: two at once would both find no turn that runs. */
  #starting: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(start: ThreadStart, deps: ThreadDeps) {
    this.id = start.facts.id;
    // What the journal and the disk hold is not held twice.
    this.#start = { ...start, stored: undefined };
    const { log, stored } = start;
    this.begun = log && stored && { path: stored.path, bytes: stored.end.bytes, standing: standingOf(stored) };
    if (!start.log) this.#turns.push(...(start.stored?.turns ?? []));
    this.#deps = deps;
    this.#facts = start.facts;
    const notify: Audience["notify"] = (event) => deps.audience.notify(event);
    const override: ThreadDeps["override"] = (settings, params) => deps.override(settings, params);
    this.#settings = new HeldSettings(this.id, start.settings, start.warnings, { override, notify });
    this.#status = new LiveStatus(this.id, notify);
    this.#journal = new Journal({
      log: start.log,
      stored: start.stored,
      show: notify,
      onFailure: (error) => this.#active?.turn.abort(turnError(error.message)),
    });
  }

  /** False for a thread that leaves nothing on disk. */
  get isStored(): boolean {
    return this.#start.log !== undefined;
  }

  /** What its next turn runs with. */
  get settings(): ThreadSettings {
    return this.#settings.now;
  }

  get activeTurnId(): string | undefined {
    return this.#active?.turn.id;
  }

  /** Puts on disk that there is such a thread, also where nothing was said in it. */
  materialise(): boolean {
    return this.#journal.keep(this.#settings.record());
  }

  describe(options: { turns: boolean }): ThreadSummary {
    return describeThread(this.#facts, this.settings, this.#status.now, options.turns ? this.#allTurns() : []);
  }

  /** What start, resume and fork answer. */
  opened(options: { turns: boolean }): ThreadOpened {
    return openedThread(this.describe(options), this.settings, this.#start.instructionSources);
  }

  /** Begins a turn, or adds to the one that runs. The turn goes on after this has resolved. */
  startTurn(params: Params<"turn/start">): Promise<Result<TurnSummary>> {
    return this.#next(() => this.#startOrSteer(params));
  }

  async #startOrSteer(params: Params<"turn/start">): Promise<Result<TurnSummary>> {
    const tooLarge = inputProblem(params.input);
    if (tooLarge) return err(tooLarge);
    if (this.#active) {
      if (params.input.length === 0) return err(fail("emptyInput"));
      const { turn, ended } = this.#active;
      if (turn.wish.kind === "compact") return err(notSteerable(turn));
      // What it asks to change holds for the turns to come.
      const changed = await this.#change(params);
      if (!changed.ok) return changed;
      if (turn.steer(steerOf(params))) return ok(justBegun(turn));
      await ended;
    }
    const settings = await this.#settings.changed(params);
    if (!settings.ok) return settings;
    const input = await prepareInput(params.input, settings.value);
    if (!input.ok) return input;
    if (this.#closed) return err(fail("threadNotLoaded", this.id));
    this.#settings.settle(settings.value);
    const turn = this.#launch(wishOf(params), (turn, deps) => answerInput(turn, input.value, deps));
    return ok(justBegun(turn));
  }

  /** Adds to the turn that runs, if it is the expected one. */
  async steer(params: Params<"turn/steer">): Promise<Result<{ turnId: string }>> {
    const { expectedTurnId, input } = params;
    if (expectedTurnId === "") return err(fail("emptyTurnId"));
    const turn = this.#active?.turn;
    if (!turn) return err(fail("noTurnToSteer"));
    if (turn.id !== expectedTurnId) return err(fail("otherTurnToSteer", expectedTurnId, turn.id));
    const problem = input.length === 0 ? fail("emptyInput") : inputProblem(input);
    if (problem) return err(problem);
    if (turn.wish.kind === "compact") return err(notSteerable(turn));
    // Checked now, so that the client learns of an image that is none.
    const prepared = await prepareInput(input, this.settings);
    if (!prepared.ok) return prepared;
    return turn.steer(steerOf(params)) ? ok({ turnId: turn.id }) : err(fail("noTurnToSteer"));
  }

  /** Begins to replace the history by a summary, as a turn of its own; a turn that runs is interrupted. */
  compact(): void {
    void this.#next(async () => {
      await this.#endActive();
      if (this.#closed) return;
      this.#launch({ ...noWish, kind: "compact" }, async (turn, deps) => {
        const { compactThread } = await import("../compact/compact-thread.ts");
        return compactThread(turn, { trigger: "manual", reason: "user_requested" }, deps);
      });
    });
  }

  /** Runs a command of the user, not of the model, outside the sandbox: beside the turn that runs, else in a turn of its own. */
  async runShellCommand(command: string, timeoutMs: number): Promise<Result<void>> {
    if (command.trim() === "") return err(fail("emptyCommand"));
    const { runUserShell } = await import("./run-user-shell.ts");
    const wish = { command, timeoutMs };
    await this.#next(async () => {
      const active = this.#active?.turn;
      if (active?.wish.kind === "compact") {
        // Nothing else waits for this: a compaction can be interrupted meanwhile.
        this.#afterCompaction(() => void this.runShellCommand(command, timeoutMs));
        return;
      }
      if (active) {
        void runUserShell(active, wish, this.#conductDeps).then((items) => this.inject(items));
        return;
      }
      if (this.#closed) return;
      this.#launch({ ...noWish, kind: "shell" }, async (turn, deps) => {
        turn.append(await runUserShell(turn, wish, deps));
        // What was said while it ran is answered in this turn.
        return turn.hasSteers ? answerInput(turn, [], deps) : turnEnd(turn);
      });
    });
    return ok(undefined);
  }

  /** Puts items at the end of what the model sees, or into the turn that runs. */
  inject(items: readonly ResponseItem[]): void {
    const active = this.#active?.turn;
    // What a compaction has not seen must not vanish with what it replaces.
    if (active?.wish.kind === "compact") this.#afterCompaction(() => this.inject(items));
    else if (!active?.steer({ items }) && !this.#closed) this.#journal.append(items);
  }

  #afterCompaction(act: () => void): void {
    void this.#active?.ended.then(() => {
      if (!this.#closed) act();
    });
  }

  /** For the turns to come. */
  changeSettings(params: SettingsChange): Promise<Result<void>> {
    return this.#next(() => this.#change(params));
  }

  /** Commands of the model that still run. */
  get terminals(): BackgroundTerminals {
    return this.#deps.tools.terminals;
  }

  async #change(params: SettingsChange): Promise<Result<void>> {
    const changed = await this.#settings.change(params);
    if (!changed.ok) return changed;
    if (changed.value.differs && this.#facts.preview !== "") this.#journal.keep(this.#settings.record());
    return ok(undefined);
  }

  /** After all that began before. */
  #next<T>(begin: () => Promise<T>): Promise<T> {
    const begun = this.#starting.then(begin);
    this.#starting = begun.catch(() => undefined);
    return begun;
  }

  async #endActive(): Promise<void> {
    this.#active?.turn.abort();
    await this.#active?.ended;
  }

  get #conductDeps(): ConductDeps {
    return { ...this.#deps, journal: this.#journal };
  }

  #launch(wish: TurnWish, body: (turn: OpenTurn, deps: ConductDeps) => Promise<TurnEnd>): OpenTurn {
    const turn = this.#openTurn(wish);
    this.#status.turnBegins();
    const ended = Promise.resolve().then(async () => {
      this.#status.tell();
      this.#tellWarnings(turn);
      const end = await conductTurn(turn, () => body(turn, this.#conductDeps));
      this.#finish(turn, end);
    });
    this.#active = { turn, ended };
    return turn;
  }

  /** Resolves when the turn has ended. */
  async interrupt(turnId: string): Promise<Result<void>> {
    // Without an id it is whatever runs, and nothing is fine as well.
    if (turnId === "") {
      await this.#endActive();
      return ok(undefined);
    }
    if (!this.#active) return err(fail("noActiveTurn"));
    const { turn, ended } = this.#active;
    if (turn.id !== turnId) return err(fail("otherTurnActive", turnId, turn.id));
    turn.abort();
    await ended;
    return ok(undefined);
  }

  /** What a client noted of it. */
  note(noted: Partial<Pick<ThreadFacts, "name" | "gitInfo" | "daybreakEnabled">>): void {
    this.#facts = { ...this.#facts, ...noted };
  }

  /** Interrupts what runs, ends the thread's commands, closes its rollout. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#active?.turn.abort();
    await this.#active?.ended;
    await this.#deps.tools.close();
    this.#journal.close();
  }

  #openTurn(wish: TurnWish): OpenTurn {
    const text = wish.input.map((part) => (part.type === "text" ? part.text : "")).join("");
    const preview = this.#facts.preview === "" ? text : this.#facts.preview;
    this.#facts = { ...this.#facts, preview, recencyMs: this.#deps.clock.now() };
    this.#journal.usage.startTurn();
    return new OpenTurn(this.id, this.settings, wish, {
      clock: this.#deps.clock,
      journal: this.#journal,
      ask: (method, question, signal) =>
        this.#status.whileAsking(method, signal, () => this.#deps.audience.ask(method, question, signal)),
    });
  }

  #finish(turn: OpenTurn, end: TurnEnd): void {
    const summary = turn.summary(end);
    this.#active = undefined;
    this.#facts = { ...this.#facts, updatedMs: this.#deps.clock.now() };
    if (!this.#start.log) this.#turns.push(turn.full(end));
    this.#status.turnEnded(end.status === "failed");
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
    const kept = this.#start.log ? (this.#deps.storedTurns() ?? []) : this.#turns;
    const running = this.#active?.turn.full();
    return running ? [...kept.filter((turn) => turn.id !== running.id), running] : kept;
  }

  #tellWarnings(turn: OpenTurn): void {
    for (const message of this.#settings.takeWarnings()) {
      turn.emit({ method: "warning", params: { threadId: this.id, message } });
    }
  }
}

/** A turn as it is answered at once: when it really begins is told by `turn/started`. */
const justBegun = (turn: OpenTurn): TurnSummary => ({ ...turn.summary(), startedAt: null });

const turnEnd = (turn: OpenTurn): TurnEnd =>
  turn.signal.aborted ? abortedEnd(turn.signal.reason) : { status: "completed" };
