import { err, ok, type Result } from "@codex/protocol/result";
import { type Child, type Program, causeOf, follow, placeOf } from "./process.ts";

/** In characters. */
export type PtySize = { readonly rows: number; readonly cols: number };

export type PtyChild = Child & {
  /** Types `text`, control characters included, as if on its keyboard. Does nothing once the process has ended. */
  write(text: string | Uint8Array): void;
  /** Tells the programs in it by SIGWINCH. */
  resize(size: PtySize): void;
};

/** A program that makes its standard input its controlling terminal itself, after setsid(2): an inner stage of a sandbox. */
export type PtyProgram = Program & { readonly takesTerminal?: boolean };

/**
 * Starts `program` on a pseudo-terminal of its own, in a new session, with the usual echo and line discipline.
 * The error says why it could not be started.
 */
export function spawnPty(
  program: PtyProgram,
  size: PtySize,
  onOutput: (bytes: Uint8Array) => void,
): Result<PtyChild, string> {
  try {
    const output = outputOf();
    const { child, terminal } = spawnOnTerminal(program, { ...size, ...output.callbacks });
    const followed = follow(child.exited, output.read, onOutput);
    void followed.exited.finally(() => terminal.close());
    return ok({ pid: child.pid, ...followed, ...keyboardOf(terminal) });
  } catch (error) {
    return err(causeOf(error));
  }
}

function keyboardOf(terminal: Bun.Terminal): Pick<PtyChild, "write" | "resize"> {
  return {
    write(text) {
      if (!terminal.closed) terminal.write(text);
    },
    resize({ rows, cols }) {
      if (!terminal.closed) terminal.resize(cols, rows);
    },
  };
}

type OnTerminal = { child: Bun.Subprocess; terminal: Bun.Terminal };

/**
 * Bun gives the child the controlling terminal when spawn makes the terminal, and not when the terminal was made before.
 * A terminal belongs to one session for good, so a program that takes it needs the second way.
 */
function spawnOnTerminal(program: PtyProgram, options: Bun.TerminalOptions): OnTerminal {
  const stdio: ["ignore", "ignore", "ignore", ...number[]] = ["ignore", "ignore", "ignore", ...program.fds];
  const spawn = (terminal: Bun.TerminalOptions | Bun.Terminal) =>
    Bun.spawn([...program.argv], { ...placeOf(program), stdio, terminal, detached: true });

  if (program.takesTerminal !== true) {
    const child = spawn(options);
    if (child.terminal === undefined) throw new Error("the system has no pseudo-terminals");
    return { child, terminal: child.terminal };
  }
  const terminal = new Bun.Terminal(options);
  try {
    return { child: spawn(terminal), terminal };
  } catch (error) {
    terminal.close();
    throw error;
  }
}

/** Joins the terminal's callbacks, which it wants when it is made, to one reader, which there is only later. */
function outputOf() {
  const end = Promise.withResolvers<void>();
  let pass: (bytes: Uint8Array) => void = () => {};
  return {
    callbacks: {
      data: (_terminal: Bun.Terminal, bytes: Uint8Array) => pass(bytes),
      exit: () => end.resolve(),
    },
    read(to: (bytes: Uint8Array) => void): Promise<void> {
      pass = to;
      return end.promise;
    },
  };
}
