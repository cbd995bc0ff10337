import { interruptBelow, interruptGroup } from "@codex/platform/process-tree";
import type { PtySize } from "@codex/platform/pty";
import { spawnStreams, type StreamsChild } from "@codex/platform/spawn-streams";
import { sleep } from "@codex/platform/sleep";
import { ok, type Result } from "@codex/protocol/result";
import type { Confined } from "@codex/sandbox/launcher";
import { looksDenied } from "./looks-denied.ts";
import { retainOutput, type OutputChunk, type ProcessStream } from "./retained-output.ts";

/** What happens to a process, each with the next number of its one counter. */
export type ProcessEvent =
  | ({ readonly type: "output" } & OutputChunk)
  | { readonly type: "exited"; readonly seq: number; readonly exitCode: number; readonly sandboxDenied: boolean }
  | { readonly type: "closed"; readonly seq: number };

export type ProcessSnapshot = {
  readonly chunks: readonly OutputChunk[];
  /** The number after the last one that the snapshot covers. */
  readonly nextSeq: number;
  readonly exitCode: number | undefined;
  readonly closed: boolean;
  readonly sandboxDenied: boolean;
};

export type RunningProcess = {
  /** Resolves when something new has happened, or after `waitMs`, or at once where it is not waited for. */
  read(afterSeq: number, maxBytes: number, waitMs: number, gone: AbortSignal): Promise<ProcessSnapshot>;
  /**
   * False where it takes no input, or none any more. Resolves when not too much waits. What was written under the same id
   * before is not written again: a client that lost its connection does not know whether it arrived.
   */
  write(bytes: Uint8Array, id: string): Promise<boolean>;
  closeInput(): void;
  interrupt(): void;
  /** False where it runs on no terminal. */
  resize(size: PtySize): boolean;
  readonly exited: boolean;
  /** Ends it, and all that it started, if it has not ended by itself. */
  end(): Promise<void>;
  /** Resolves when nothing more will come of it. */
  readonly closed: Promise<void>;
};

export type Launch = {
  readonly program: Confined & { readonly argv0?: string };
  readonly confined: boolean;
  readonly takesInput: boolean;
  readonly terminal: PtySize | undefined;
};

/** Starts a process; `tell` hears all of it, in order, and may hold it up by a promise. The error says why it could not start. */
export function runProcess(
  { program, confined, takesInput, terminal }: Launch,
  tell: (event: ProcessEvent) => void | Promise<void>,
): Result<RunningProcess, string> {
  const output = retainOutput();
  /** The end of what it wrote, to guess from why it failed. */
  let tail = "";
  let lastSeq = 0;
  let exitCode: number | undefined;
  let sandboxDenied = false;
  let isClosed = false;
  let wake = Promise.withResolvers<void>();
  const happened = (event: ProcessEvent): void | Promise<void> => {
    const before = wake;
    wake = Promise.withResolvers<void>();
    before.resolve();
    return tell(event);
  };

  const child = spawnStreams(
    program,
    // What others hold open is passed on for as long as they do.
    { input: takesInput, terminal, drainTime: longest },
    (stream, bytes) => {
      const name: ProcessStream = terminal ? "pty" : stream;
      // Bun may use the memory again once we are back.
      const chunk: OutputChunk = { seq: ++lastSeq, stream: name, bytes: Uint8Array.from(bytes) };
      output.add(chunk);
      if (confined) tail = (tail + Buffer.from(bytes).toString("latin1")).slice(-tailSize);
      return happened({ type: "output", ...chunk });
    },
  );
  if (!child.ok) return child;
  const closed = follow(child.value, () => {
    program.dispose();
    isClosed = true;
    void happened({ type: "closed", seq: ++lastSeq });
  });

  async function follow({ exited, ended }: StreamsChild, close: () => void): Promise<void> {
    const code = await exited;
    // Its last output mostly comes at the same moment, and is better told before its end than after.
    await Promise.race([ended, sleep(lastOutput)]);
    exitCode = code;
    sandboxDenied = confined && looksDenied(code, tail);
    void happened({ type: "exited", seq: ++lastSeq, exitCode: code, sandboxDenied });
    await ended;
    close();
  }

  const snapshot = (afterSeq: number, maxBytes: number): ProcessSnapshot => {
    const { chunks, complete } = output.after(afterSeq, maxBytes);
    const nextSeq = complete ? lastSeq + 1 : (chunks.at(-1)?.seq ?? lastSeq) + 1;
    return { chunks, nextSeq, exitCode, closed: isClosed, sandboxDenied };
  };

  const { input } = child.value;
  const written = new Set<string>();
  return ok({
    async read(afterSeq, maxBytes, waitMs, gone) {
      const late = timer(Math.min(waitMs, longest), gone);
      try {
        for (;;) {
          const next = wake.promise;
          const now = snapshot(afterSeq, maxBytes);
          if (now.chunks.length > 0 || now.exitCode !== undefined || late.over()) return now;
          await Promise.race([next, late.passed]);
        }
      } finally {
        late.stop();
      }
    },
    async write(bytes, id) {
      if (!input || input.closed || exitCode !== undefined) return false;
      const isNew = !written.has(id);
      remember(written, id);
      if (isNew && bytes.byteLength > 0) input.write(bytes);
      if (input.waiting > muchWaiting) await input.below(muchWaiting);
      return true;
    },
    closeInput: () => input?.close(),
    interrupt() {
      if (exitCode !== undefined) return;
      if (program.contained) interruptBelow(child.value.pid);
      else interruptGroup(child.value.pid);
    },
    resize(size) {
      child.value.resize?.(size);
      return child.value.resize !== undefined;
    },
    get exited() {
      return exitCode !== undefined;
    },
    end: () => (isClosed ? Promise.resolve() : child.value.kill()),
    closed,
  });
}

/** ms: the longest that a timer can count, about 25 days. */
const longest = 2 ** 31 - 1;
const lastOutput = 30;
/** Characters. */
const tailSize = 64 * 1024;
/** Bytes that may wait for a process that does not read before a write is answered only when they have gone. */
const muchWaiting = 8 * 1024 * 1024;

/** Ids of writes that are remembered. */
const mostRemembered = 1024;

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > mostRemembered && oldest !== undefined) ids.delete(oldest);
}

function timer(ms: number, gone: AbortSignal): { passed: Promise<void>; over(): boolean; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let over = ms <= 0 || gone.aborted;
  const pass = (): void => {
    over = true;
    resolve();
  };
  const handle = over ? undefined : setTimeout(pass, ms);
  gone.addEventListener("abort", pass, { once: true });
  return {
    passed: promise,
    over: () => over,
    stop() {
      clearTimeout(handle);
      gone.removeEventListener("abort", pass);
    },
  };
}
