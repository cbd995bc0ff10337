import { randomHex } from "@codex/platform/ids";
import { type Guard, guardProcesses } from "@codex/platform/guard-processes";
import { type Program, spawnPiped } from "@codex/platform/process";
import { adoptOrphans, killTree, reapGroup, type Tree } from "@codex/platform/process-tree";
import { type PtyProgram, spawnPty } from "@codex/platform/pty";
import { openSpool, type SpoolFile } from "@codex/platform/spool-file";
import { ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { ExecSession, type ShownLine } from "./exec-session.ts";
import { SessionOutput } from "./session-output.ts";

/** What `start` needs besides the program. */
type SessionOptions = {
  /** From `reserveId`. */
  readonly id: number;
  readonly itemId: string;
  readonly shown: ShownLine;
  readonly tty: boolean;
  /** Entries of the program's environment that are on no other command's; they find its daemons. */
  readonly mark: Tree["mark"];
  onText(text: string): void;
  /** Where it goes on from a run that has ended: that one's output, and a line of ours after it. */
  readonly before?: { readonly output: string; readonly note: string } | undefined;
};

/** Sessions of one thread that live at once at most; source: the original. */
const maxSessions = 64;
/** Of those, the ones used last are never ended to make room. */
const neverPruned = 8;
/** Bytes of one command's output that a file may take. */
const spoolLimit = 64 * 1024 * 1024;
const terminalSize = { rows: 24, cols: 80 };

/** The commands of one thread. They outlive calls and turns, and end with the thread. */
export class ExecSessions {
  readonly #sessions = new Map<number, ExecSession>();
  readonly #reserved = new Set<number>();
  /** Outputs too long for memory; removed at the thread's end. */
  readonly #spools = new Set<SpoolFile>();
  /** Leaders that have ended, but perhaps not all that they started. */
  readonly #leftGroups = new Set<number>();
  readonly #spoolFolder: string;
  readonly #threadMark: Tree["mark"];
  #guard: Guard | undefined;
  #uses = 0;

  /** `spoolFolder`: absolute, for output that is too long for memory; made when needed. `threadMark` as in `SessionOptions`. */
  constructor(spoolFolder: string, threadMark: Tree["mark"]) {
    this.#spoolFolder = spoolFolder;
    this.#threadMark = threadMark;
  }

  /** An id that no session of this thread has: random, so that a model cannot guess one it was not given. */
  reserveId(): number {
    for (;;) {
      const id = 1000 + (Number.parseInt(randomHex(8), 16) % 99_000);
      if (this.#reserved.has(id)) continue;
      this.#reserved.add(id);
      return id;
    }
  }

  /** Runs `program`; the error says why it could not be started. */
  start(program: PtyProgram, options: SessionOptions): Result<ExecSession, string> {
    adoptOrphans();
    for (const group of this.#leftGroups) if (!reapGroup(group)) this.#leftGroups.delete(group);
    const output = new SessionOutput(() => this.#openSpool(), options.onText);
    if (options.before) {
      output.seed(options.before.output);
      output.note(options.before.note);
    }
    const spawned = spawn(program, options.tty, (bytes) => output.append(bytes));
    if (!spawned.ok) return spawned;

    const session = new ExecSession(options, spawned.value, output);
    void session.exited.then(() => this.#leftGroups.add(spawned.value.pid));
    this.#sessions.set(session.id, session);
    this.#touch(session);
    this.#prune();
    return ok(session);
  }

  /** To be called before a command that no sandbox holds: it shall not outlive us even if we are killed. */
  guard(): void {
    const { CODEX_THREAD_ID } = this.#threadMark;
    if (CODEX_THREAD_ID !== undefined) this.#guard ??= guardProcesses("CODEX_THREAD_ID", CODEX_THREAD_ID);
  }

  #openSpool(): SpoolFile | undefined {
    const spool = openSpool(join(this.#spoolFolder, `output-${randomHex(12)}.txt`), spoolLimit);
    if (spool) this.#spools.add(spool);
    return spool;
  }

  find(id: number): ExecSession | undefined {
    const session = this.#sessions.get(id);
    if (session) this.#touch(session);
    return session;
  }

  /** Those that have not ended, oldest first. */
  running(): ExecSession[] {
    return [...this.#sessions.values()].filter(({ exitCode }) => exitCode === undefined);
  }

  /** Its end has been told: the id is unknown from now on. */
  release(session: ExecSession): void {
    this.#sessions.delete(session.id);
  }

  /** Ends everything that this thread's commands started, daemons included. */
  async close(): Promise<void> {
    if (this.#uses === 0) return;
    const sessions = [...this.#sessions.values()];
    // First each with its leader, whose status only its spawner may collect, and then whatever else bears our mark.
    await Promise.all(sessions.map((session) => session.kill()));
    await killTree({ leader: undefined, mark: this.#threadMark });
    this.#guard?.stop();
    this.#sessions.clear();
    for (const spool of this.#spools) spool.remove();
    this.#spools.clear();
  }

  #touch(session: ExecSession): void {
    session.lastUsed = ++this.#uses;
  }

  /** Makes room: first the oldest that has ended, else the oldest. */
  #prune(): void {
    if (this.#sessions.size <= maxSessions) return;
    const byAge = [...this.#sessions.values()].sort((a, b) => a.lastUsed - b.lastUsed).slice(0, -neverPruned);
    const victim = byAge.find(({ exitCode }) => exitCode !== undefined) ?? byAge[0];
    if (victim === undefined) return;
    this.release(victim);
    void victim.kill();
  }
}

function spawn(program: Program, tty: boolean, onOutput: (bytes: Uint8Array) => void) {
  return tty ? spawnPty(program, terminalSize, onOutput) : spawnPiped(program, onOutput);
}
