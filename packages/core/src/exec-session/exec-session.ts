import type { Child } from "@codex/platform/process";
import { killTree, type Tree } from "@codex/platform/process-tree";
import type { PtyChild } from "@codex/platform/pty";
import { sleep } from "@codex/platform/sleep";
import type { Retained, SessionOutput } from "./session-output.ts";

/** A command as people read it, and where it runs. */
export type ShownLine = { readonly command: string; readonly cwd: string };

/** A running command, or one that has ended and whose end has not been told yet. */
export class ExecSession {
  /** What the model and the faces call it; also the item's `processId`. */
  readonly id: number;
  /** The id of the item that shows it. */
  readonly itemId: string;
  readonly pid: number;
  readonly shown: ShownLine;
  /** Resolves with the exit code once all output is here. */
  readonly exited: Promise<number>;
  /** Undefined while it runs. */
  exitCode: number | undefined;
  /** When a call last dealt with it; any rising number. */
  lastUsed = 0;
  readonly #child: Child | PtyChild;
  readonly #output: SessionOutput;
  readonly #mark: Tree["mark"];

  constructor(
    { id, itemId, shown, mark }: { id: number; itemId: string; shown: ShownLine; mark: Tree["mark"] },
    child: Child | PtyChild,
    output: SessionOutput,
  ) {
    this.id = id;
    this.itemId = itemId;
    this.shown = shown;
    this.pid = child.pid;
    this.#child = child;
    this.#output = output;
    this.#mark = mark;
    this.exited = this.#follow();
  }

  async #follow(): Promise<number> {
    const code = await this.#child.exited;
    this.#output.end();
    this.exitCode = code;
    return code;
  }

  /** Only a session on a terminal can be written to. */
  get takesInput(): boolean {
    return "write" in this.#child;
  }

  write(text: string): void {
    if ("write" in this.#child) this.#child.write(text);
  }

  /** Resolves when it has ended, after `ms` milliseconds, or when `signal` aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    await Promise.race([this.exited, sleep(ms, AbortSignal.any([signal, stop.signal]))]);
    stop.abort();
  }

  /** Puts a line of ours into its output; nothing once it has ended. */
  note(line: string): void {
    if (this.exitCode === undefined) this.#output.note(line);
  }

  takeUnread(): Retained {
    return this.#output.takeUnread();
  }

  all(): Retained {
    return this.#output.all();
  }

  /** Ends the command and all that it started, daemons included; by SIGKILL after `graceMs`. Resolves when it has ended. */
  async kill(graceMs?: number): Promise<void> {
    await killTree({ leader: this.exitCode === undefined ? this.#child.pid : undefined, mark: this.#mark }, graceMs);
    await this.exited;
  }
}
