import { signalBelow } from "./process-tree.ts";
import { closeSync } from "node:fs";
import { err, ok, type Result } from "@codex/protocol/result";
import { openPipe } from "./pipe.ts";

/** What to run. */
export type Program = {
  /** Never empty. The first word is looked up in the PATH of `env`. */
  readonly argv: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
  /** Descriptors of ours that the child gets as 3, 4, …; they stay ours to close. */
  readonly fds: readonly number[];
  /** What it sees as its own name, where that is not the first word. */
  readonly argv0?: string;
};

export type Child = {
  readonly pid: number;
  /**
   * Resolves when the process has ended and all that it wrote has been passed on: its exit code, 128 + n after signal n.
   * Never rejects. What its orphans write afterwards is dropped.
   */
  readonly exited: Promise<number>;
};

/**
 * Starts `program` with no input and with stdout and stderr on one pipe, so that their order is kept, in a session and
 * process group of its own. The error says why it could not be started.
 */
export function spawnPiped(program: Program, onOutput: (bytes: Uint8Array) => void): Result<Child, string> {
  const pipe = openPipe();
  try {
    const child = Bun.spawn([...program.argv], {
      ...placeOf(program),
      stdio: ["ignore", pipe.write, pipe.write, ...program.fds],
      detached: true,
    });
    return ok({ pid: child.pid, ...follow(child.exited, (pass) => readAll(pipe.read, pass), onOutput) });
  } catch (error) {
    closeSync(pipe.read);
    return err(causeOf(error));
  } finally {
    closeSync(pipe.write);
  }
}

export type ForegroundChild = {
  /** Its exit code, 128 + n after signal n. Never rejects. */
  readonly exited: Promise<number>;
  kill(signal: "SIGINT" | "SIGTERM"): void;
};

/** Starts `program` on our own standard streams and in our own process group, as a shell does. The error says why it could not be. */
export function spawnForeground(program: Program): Result<ForegroundChild, string> {
  try {
    const child = Bun.spawn([...program.argv], {
      ...placeOf(program),
      stdio: ["inherit", "inherit", "inherit", ...program.fds],
    });
    return ok({
      exited: child.exited,
      kill(signal) {
        // A wrapper may keep a signal to itself, as unshare(1) does.
        signalBelow(child.pid, signal);
        child.kill(signal);
      },
    });
  } catch (error) {
    return err(causeOf(error));
  }
}

export const placeOf = ({ cwd, env, argv0 }: Program) => ({
  cwd,
  env: { ...env },
  ...(argv0 === undefined ? {} : { argv0 }),
});

/** The operating system's reason as people know it: `No such file or directory`. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return reasons[code] ?? error.message;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  EACCES: "Permission denied",
  ENOTDIR: "Not a directory",
  ENOEXEC: "Exec format error",
  E2BIG: "Argument list too long",
  EAGAIN: "Too many processes",
  ENOMEM: "Out of memory",
  EMFILE: "Too many open files",
  ENFILE: "Too many open files in the system",
};

/**
 * Passes output on until the process has ended and its output is complete. It is complete at its end, or, where an orphan
 * holds it open, when nothing more comes: whatever the process wrote is in the kernel's buffer by then.
 */
export function follow(
  exited: Promise<number>,
  read: (pass: (bytes: Uint8Array) => void) => Promise<void>,
  onOutput: (bytes: Uint8Array) => void,
): Pick<Child, "exited"> {
  let over = false;
  let chunks = 0;
  const ended = read((bytes) => {
    chunks += 1;
    if (!over) onOutput(bytes);
  });
  const silence = async () => {
    for (let waited = 0, seen = -1; waited < longestDrain && seen !== chunks; waited += quiet) {
      seen = chunks;
      await Bun.sleep(quiet);
    }
  };
  const finish = async () => {
    const code = await exited;
    await Promise.race([ended, silence()]);
    over = true;
    return code;
  };
  return { exited: finish() };
}

/** ms without output after the exit that mean there is no more, and the most we wait for an orphan that never stops. */
const quiet = 20;
const longestDrain = 500;

async function readAll(descriptor: number, pass: (bytes: Uint8Array) => void): Promise<void> {
  try {
    for await (const bytes of Bun.file(descriptor).stream()) pass(bytes);
  } finally {
    closeSync(descriptor);
  }
}
