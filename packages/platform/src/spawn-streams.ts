import { closeSync } from "node:fs";
import { err, ok, type Result } from "@codex/protocol/result";
import { openPipe } from "./pipe.ts";
import { causeOf, placeOf } from "./process.ts";
import { adoptOrphans, killTree, reapGroup } from "./process-tree.ts";
import { type PtyProgram, type PtySize, spawnPty } from "./pty.ts";

export type StreamName = "stdout" | "stderr";

export type StreamOptions = {
  /** Its input can be written; else it has none. */
  readonly input: boolean;
  /** It runs on a terminal of this size: one stream, "stdout", and always with input. */
  readonly terminal?: PtySize | undefined;
  /** How long to wait for output that others still hold open after the process has ended, ms. */
  readonly drainTime?: number | undefined;
};

/** How a process ended: its exit code, 128 + n after signal n. `drained` is false where something else kept its output open. */
export type StreamsEnd = { readonly exitCode: number; readonly drained: boolean };

export type StreamsChild = {
  readonly pid: number;
  /** Its exit code as soon as it has ended; some of its output may be on the way still. Never rejects. */
  readonly exited: Promise<number>;
  /** Resolves when it has ended and its output has been passed on. Never rejects. */
  readonly ended: Promise<StreamsEnd>;
  /** Undefined where it has no input. */
  readonly input: ChildInput | undefined;
  /** Undefined where it has no terminal. */
  readonly resize: ((size: PtySize) => void) | undefined;
  /** Ends it and all that it started, at once (SIGKILL). Resolves when nothing of it is left. */
  kill(): Promise<void>;
};

export type ChildInput = {
  readonly closed: boolean;
  /** Takes bytes in order; what the process does not read yet waits in memory. Nothing is taken once it has ended. */
  write(bytes: Uint8Array): void;
  /** Bytes that wait. */
  readonly waiting: number;
  /** Resolves when at most `limit` bytes wait, or nothing is taken any more. */
  below(limit: number): Promise<void>;
  /** Its end of file, after all that was written. */
  close(): void;
};

/** What is told of output. A promise holds up the reading, and so the process, until it is settled. */
export type OnStream = (stream: StreamName, bytes: Uint8Array) => void | Promise<void>;

/** Source: the original. */
const defaultDrainTime = 2000;

/** Leaders that have ended, but perhaps not all that they started. */
const leftGroups = new Set<number>();

/**
 * Starts `program` in a session of its own, with stdout and stderr apart or on a terminal. The error says why it could not be
 * started.
 */
export function spawnStreams(
  program: PtyProgram,
  options: StreamOptions,
  onStream: OnStream,
): Result<StreamsChild, string> {
  adoptOrphans();
  for (const group of leftGroups) if (!reapGroup(group)) leftGroups.delete(group);
  const child = options.terminal
    ? onTerminal(program, options.terminal, onStream)
    : onPipes(program, options, onStream);
  if (!child.ok) return child;
  const { pid, ended } = child.value;
  void ended.then(() => leftGroups.add(pid));
  return ok({ ...child.value, kill: () => killTree({ leader: pid, mark: {} }, 0) });
}

type Started = Omit<StreamsChild, "kill">;

function onTerminal(program: PtyProgram, size: PtySize, onStream: OnStream): Result<Started, string> {
  const child = spawnPty(program, size, (bytes) => void onStream("stdout", bytes));
  if (!child.ok) return child;
  const { pid, exited, write, resize } = child.value;
  let closed = false;
  const input: ChildInput = {
    get closed() {
      return closed;
    },
    waiting: 0,
    below: () => Promise.resolve(),
    write,
    close() {
      // A terminal has no end of its input but the character for it, at the beginning of a line.
      if (!closed) write("\n\u0004");
      closed = true;
    },
  };
  return ok({ pid, exited, input, resize, ended: exited.then((exitCode) => ({ exitCode, drained: true })) });
}

function onPipes(
  program: PtyProgram,
  { input: takesInput, drainTime = defaultDrainTime }: StreamOptions,
  onStream: OnStream,
): Result<Started, string> {
  const mine: number[] = [];
  const childs: number[] = [];
  const pipe = (end: "read" | "write"): number => {
    const { read, write } = openPipe();
    mine.push(end === "read" ? read : write);
    childs.push(end === "read" ? write : read);
    return end === "read" ? write : read;
  };
  try {
    const stdout = pipe("read");
    const stderr = pipe("read");
    const stdin = takesInput ? pipe("write") : "ignore";
    const child = Bun.spawn([...program.argv], {
      ...placeOf(program),
      stdio: [stdin, stdout, stderr, ...program.fds],
      detached: true,
    });
    const [out = -1, errors = -1, keyboard] = mine;
    const held: Held = { count: 0, ever: false };
    const read = Promise.all([
      readAll(out, held, (bytes) => onStream("stdout", bytes)),
      readAll(errors, held, (bytes) => onStream("stderr", bytes)),
    ]);
    const input = keyboard === undefined ? undefined : inputOn(keyboard);
    const ended = endOf(child.exited, read, held, drainTime);
    void child.exited.then(() => input?.close());
    return ok({ pid: child.pid, exited: child.exited, input, resize: undefined, ended });
  } catch (error) {
    for (const descriptor of mine) closeSync(descriptor);
    return err(causeOf(error));
  } finally {
    for (const descriptor of childs) closeSync(descriptor);
  }
}

/** Readings that wait for whoever is told of the output. */
type Held = { count: number; ever: boolean };

async function endOf(exited: Promise<number>, read: Promise<unknown>, held: Held, time: number): Promise<StreamsEnd> {
  const exitCode = await exited;
  const late = Promise.withResolvers<boolean>();
  held.ever = held.count > 0;
  let timer: ReturnType<typeof setTimeout>;
  const expire = (): void => {
    // What was held up is the process's own output, not that of others.
    if (!held.ever) return late.resolve(false);
    held.ever = held.count > 0;
    timer = setTimeout(expire, time);
  };
  timer = setTimeout(expire, time);
  const drained = await Promise.race([read.then(() => true), late.promise]);
  clearTimeout(timer);
  return { exitCode, drained };
}

/** What comes after the end was told is read as well, and dropped by whoever was told: its writer must not be held up. */
async function readAll(
  descriptor: number,
  held: Held,
  pass: (bytes: Uint8Array) => void | Promise<void>,
): Promise<void> {
  try {
    for await (const bytes of Bun.file(descriptor).stream()) {
      const told = pass(bytes);
      if (!told) continue;
      held.count += 1;
      held.ever = true;
      await told;
      held.count -= 1;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Bun's writer waits for room on the event loop, where node's would hold a thread for as long as nobody reads. */
function inputOn(descriptor: number): ChildInput {
  const writer = Bun.file(descriptor).writer({ highWaterMark: 1 });
  let waiting = 0;
  let closed = false;
  let broken = false;
  let last: Promise<void> = Promise.resolve();
  let watchers: { readonly limit: number; readonly wake: () => void }[] = [];

  const writeNow = async (bytes: Uint8Array) => {
    try {
      if (!broken) {
        await writer.write(bytes);
        await writer.flush();
      }
    } catch {
      // It reads no more (EPIPE): the rest has nobody to go to.
      broken = true;
    }
    waiting -= bytes.byteLength;
    const due = watchers.filter(({ limit }) => waiting <= limit);
    watchers = watchers.filter((watcher) => !due.includes(watcher));
    for (const { wake } of due) wake();
  };

  const end = async () => {
    try {
      await writer.end();
    } catch {
      // As above.
    }
    closeSync(descriptor);
  };

  return {
    get closed() {
      return closed;
    },
    get waiting() {
      return waiting;
    },
    below: (limit) =>
      waiting <= limit ? Promise.resolve() : new Promise((wake) => void watchers.push({ limit, wake })),
    write(bytes) {
      if (closed) return;
      waiting += bytes.byteLength;
      last = last.then(() => writeNow(bytes));
    },
    close() {
      if (closed) return;
      closed = true;
      last = last.then(end);
    },
  };
}
