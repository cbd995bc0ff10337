import { err, ok, type Result } from "@codex/protocol/result";
import { closeSync, openSync } from "node:fs";
import type { Environment } from "./env.ts";
import { causeOf } from "./process.ts";
import { readText } from "./read-file.ts";

/** A process that goes on without us, told from another that gets its number later; `identity` is undefined where the system has no /proc. */
export type DaemonId = {
  readonly pid: number;
  /** As ps(1) shows it under `lstart`. */
  readonly processStartTime: string;
  readonly processIdentity?: ProcessIdentity | undefined;
};

type ProcessIdentity = { readonly bootId: string; readonly startTicks: number };

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
      return ok(describe(child.pid));
    } finally {
      closeSync(log);
    }
  } catch (error) {
    return err(causeOf(error));
  }
}

/** Whether it is still the process that was started. */
export function isRunning({ pid, processIdentity }: DaemonId): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (processIdentity === undefined) return true;
  const now = statOf(pid);
  // One that has ended and was not asked after is no process any more.
  return now?.state !== "Z" && now?.startTicks === processIdentity.startTicks && bootId() === processIdentity.bootId;
}

/** Asks it to end, as a service manager does. */
export function askToEnd({ pid }: DaemonId): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It has ended meanwhile.
  }
}

function describe(pid: number): DaemonId {
  const startTicks = statOf(pid)?.startTicks;
  const id = bootId();
  const processStartTime = inPsForm(new Date());
  if (startTicks === undefined || id === undefined) return { pid, processStartTime };
  return { pid, processStartTime, processIdentity: { bootId: id, startTicks } };
}

/** `Sat Nov 21 10:00:41 2026` */
function inPsForm(date: Date): string {
  const [weekday = "", month = "", day = "", year = "", time = ""] = date.toString().split(" ");
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

/** Another after each start of the machine, when the counting of processes begins anew. */
function bootId(): string | undefined {
  const text = readText("/proc/sys/kernel/random/boot_id");
  return text.ok ? text.value?.trim() : undefined;
}

/** proc(5): the name in the second field may hold anything, so what counts comes after its last bracket. */
function statOf(pid: number): { state: string; startTicks: number } | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (!stat.ok || stat.value === undefined) return undefined;
  const fields = stat.value.slice(stat.value.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", startTicks: Number(fields[19]) };
}
