import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { CodexError } from "./codex-error.ts";
import { endWithParent } from "./end-with-parent.ts";
import { keepTail, type Tail } from "./keep-tail.ts";
import { splitLines } from "./split-lines.ts";

/** What to run, and what to write to its standard input. */
export type Launch = { program: string; args: string[]; env: Record<string, string>; prompt: string };

/** How a program ended: by itself with a code, or by a signal. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A program that runs. Whoever has it must stop it. */
export type RunningCodex = {
  /** Standard output, read no faster than the lines are taken. */
  lines: AsyncIterable<string>;
  exited: Promise<Exit>;
  stderr: Tail;
  /** Waits so long for it to end by itself, then ends it; resolves when it is gone. At once where it is gone already. */
  stop(patienceMs: number): Promise<void>;
};

/** How long a program may take to end its commands and its record after SIGTERM, before SIGKILL. */
const killAfterMs = 3000;
/** How long standard error may still bring something after the end; a program left behind may hold it open. */
const stderrGraceMs = 200;

/** Starts the program and gives it its prompt. Throws `not_started` where the system refuses. */
export async function startCodex({ program, args, env, prompt }: Launch): Promise<RunningCodex> {
  const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
  const exited = new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  try {
    await once(child, "spawn");
  } catch (cause) {
    throw new CodexError("not_started", `${program} cannot be run: ${String((cause as Error).message)}.`, { cause });
  }
  const forget = endWithParent(child);
  // A program that ends before it has read everything says why by its exit.
  child.stdin.on("error", () => {});
  child.stdin.end(prompt);
  const stderr = keepTail(child.stderr);
  const ended = exited.then(async (exit) => {
    forget();
    await within(stderrGraceMs, finished(child.stderr));
    return exit;
  });
  return {
    lines: splitLines(child.stdout as AsyncIterable<Uint8Array>),
    exited: ended,
    stderr,
    stop: (patienceMs) => stop(child, exited, patienceMs),
  };
}

async function stop(child: ChildProcessWithoutNullStreams, exited: Promise<Exit>, patienceMs: number): Promise<void> {
  if (patienceMs > 0) await within(patienceMs, exited);
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    if (!(await within(killAfterMs, exited))) child.kill("SIGKILL");
    await exited;
  }
  // Commands that outlive it may hold these open; nobody listens any more.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
}

/** Whether the promise was settled in so many milliseconds. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const inTime = await Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    late,
  ]);
  clearTimeout(timer);
  return inTime;
}
