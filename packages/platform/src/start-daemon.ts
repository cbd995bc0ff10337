import { err, ok, type Result } from "@codex/protocol/result";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { Environment } from "./env.ts";
import { causeOf } from "./process.ts";

/** A process that goes on without us. `started` tells it from another that gets its number later; undefined where the system has no /proc. */
export type DaemonId = { readonly pid: number; readonly started?: string | undefined };

/** Starts a program in a session of its own, without input; what it says on standard error goes to the end of `logFile`. */
export function startDaemon(
  argv: readonly string[],
  { cwd, env, logFile }: { cwd: string; env: Environment; logFile: string },
): Result<DaemonId, string> {
  try {
    const log = openSync(logFile, "a", 0o600);
    try {
      const child = Bun.spawn([...argv], { cwd, env: { ...env }, stdio: ["ignore", "ignore", log], detached: true });
      child.unref();
      return ok({ pid: child.pid, started: startOf(child.pid) });
    } finally {
      closeSync(log);
    }
  } catch (error) {
    return err(causeOf(error));
  }
}

/** Whether it is still the process that was started. */
export function isRunning({ pid, started }: DaemonId): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const now = statOf(pid);
  // One that has ended and was not asked after is no process any more.
  return now === undefined ? started === undefined : now.state !== "Z" && now.started === started;
}

/** Asks it to end, as a service manager does. */
export function askToEnd({ pid }: DaemonId): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It has ended meanwhile.
  }
}

const startOf = (pid: number): string | undefined => statOf(pid)?.started;

/** proc(5): the name in the second field may hold anything, so what counts comes after its last bracket. */
function statOf(pid: number): { state: string; started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", started: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
