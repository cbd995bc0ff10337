/** Tries to do something in the sandbox: the script ends with 0 where it could. */
export type Attempt = {
  readonly name: string;
  readonly script: string;
  /** Whether it can, with (A) or without (-) effect: in workspace-write, read-only, and workspace-write with network. */
  readonly ours: Verdicts;
};

type Verdict = "A" | "-";
export type Verdicts = `${Verdict}${Verdict}${Verdict}`;

/** Reads as a table: verdicts, name, script. */
export const attempt = (ours: Verdicts, name: string, script: string): Attempt => ({ name, script, ours });

/** A python program of one expression list, with what most need at hand; ends with 1 where the system refuses. */
export const python = (program: string): string => `python3 -I -S -c '
import ctypes, os, socket, struct, sys
c = ctypes.CDLL(None, use_errno=True)
def call(*args):
    if c.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in args]) < 0: sys.exit(1)
def refused(number, *args):
    c.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in (number, *args)])
    return ctypes.get_errno() in (1, 38)
try:
    ${program}
except OSError: sys.exit(1)'`;
