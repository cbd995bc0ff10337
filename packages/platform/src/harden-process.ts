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

/** The names of the variables that a hardened process does not keep. */
export const hostileVariables = (env: Environment): string[] => Object.keys(env).filter((name) => hostile.test(name));

/**
 * Starts this program anew, in this process, where its environment holds such variables: what they loaded is gone then.
 * Returns where there is nothing to do; the error says why it could not be done. Takes the program's own words.
 */
export function shedEnvironment(argv: readonly string[], env: Environment): Result<void, string> {
  const shed = new Set(hostileVariables(env));
  if (shed.size === 0) return ok(undefined);
  if (process.platform !== "linux" && process.platform !== "darwin") {
    for (const name of shed) delete process.env[name];
    return ok(undefined);
  }
  const kept = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    value === undefined || shed.has(name) ? [] : [[name, value]],
  );
  return becomeAnew(argv, Object.fromEntries(kept));
}

function becomeAnew(argv: readonly string[], env: Record<string, string>): Result<void, string> {
  const [program = ""] = argv;
  if (process.platform !== "linux") return err("it cannot start itself anew on this system");
  closeOnExecFrom(3);
  return err(`execve failed (errno ${-becomeProgram(program, argv, env)})`);
}
