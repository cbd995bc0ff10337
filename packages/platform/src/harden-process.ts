import { FFIType } from "bun:ffi";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Environment } from "./env.ts";
import { becomeProgram, closeOnExecFrom } from "./libc.ts";
import { openLibc } from "./open-libc.ts";

const { i32, u64, pointer } = FFIType;

const setDumpable = 4;
const denyAttach = 31;
const coreLimit = 4;

/**
 * Shuts other processes of the same user out of this one's memory: no core dump, no attaching, and on Linux its files in /proc
 * become root's. The error says what the system refused. Root, and on Windows everybody who may debug, still gets in.
 */
export function hardenProcess(): Result<void, string> {
  if (process.platform === "win32") return ok(undefined);
  const core = openLibc({ setrlimit: { args: [i32, pointer], returns: i32 } });
  if (core.setrlimit(coreLimit, new BigUint64Array([0n, 0n])) !== 0) return err("the limit of core dumps stays");
  if (process.platform === "linux") {
    const { prctl } = openLibc({ prctl: { args: [i32, u64, u64, u64, u64], returns: i32 } });
    if (prctl(setDumpable, 0, 0, 0, 0) !== 0) return err("it stays dumpable");
  } else if (process.platform === "darwin") {
    const { ptrace } = openLibc({ ptrace: { args: [i32, i32, u64, i32], returns: i32 } });
    if (ptrace(denyAttach, 0, 0, 0) !== 0) return err("debuggers may attach");
  }
  return ok(undefined);
}

/** Variables by which others get code or a debugger into this process, or have its memory written out. */
const hostile = /^(LD_|DYLD_|MallocStackLogging|MallocLogFile|BUN_|NODE_OPTIONS$)/;

/** The environment of a hardened process, with what it wants itself. */
const cleaned = (env: Environment, own: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || hostile.test(name) ? [] : [[name, value]])),
  ),
  ...own,
});

/**
 * Starts this program anew, in this process, where its environment holds such variables or lacks those of `own`: what they
 * loaded is gone then. Returns where there is nothing to do; the error says why it could not be done. `argv`: its own words.
 */
export function shedEnvironment(
  argv: readonly string[],
  env: Environment,
  own: Readonly<Record<string, string>> = {},
): Result<void, string> {
  const wanted = cleaned(env, own);
  const needless = Object.keys(env).filter((name) => wanted[name] !== env[name]);
  if (process.platform !== "linux") {
    // There it can only be kept from what reads the environment later; the system itself guards programs that are signed.
    for (const name of needless) delete process.env[name];
    return ok(undefined);
  }
  if (needless.length === 0 && Object.keys(own).every((name) => name in env)) return ok(undefined);
  const [program = ""] = argv;
  closeOnExecFrom(3);
  return err(`execve failed (errno ${-becomeProgram(program, argv, wanted)})`);
}
