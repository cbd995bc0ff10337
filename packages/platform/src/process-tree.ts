import { FFIType } from "bun:ffi";
import { readdirSync, readFileSync } from "node:fs";
import { openLibc } from "./open-libc.ts";

/** A process as the kernel lists it. `session` is the id of the session leader, as in setsid(2). */
export type ProcessEntry = {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  /** It has ended and waits for its parent to ask. */
  readonly ended: boolean;
};

/**
 * Which processes belong to one command: `leader` and all that descend from it, for as long as it lives; and every process
 * of ours whose environment began with all of `mark`. The mark finds those that left their parent and session (daemons).
 */
export type Tree = { readonly leader: number | undefined; readonly mark: Readonly<Record<string, string>> };

/** How long a process gets between SIGTERM and SIGKILL, ms. */
const defaultGrace = 2000;

let adopting = false;

/**
 * From now on a process that loses its parent becomes our child instead of init's, so that it stays findable as our
 * descendant (prctl(2), PR_SET_CHILD_SUBREAPER). Linux only; elsewhere a daemon is out of reach.
 */
export function adoptOrphans(): void {
  if (adopting || process.platform !== "linux") return;
  adopting = true;
  libc().prctl(setChildSubreaper, 1, 0, 0, 0);
}

/**
 * Ends every process of `tree`: SIGTERM, then, after `graceMs` or as soon as only the deaf are left, SIGKILL. Resolves when
 * none is left. Never throws.
 */
export async function killTree(tree: Tree, graceMs = defaultGrace): Promise<void> {
  const asked = new Set<number>();
  const deadline = performance.now() + graceMs;
  for (let pause = 2; performance.now() < deadline; pause = Math.min(pause * 2, 100)) {
    const left = living(tree, asked);
    if (left.length === 0) return;
    for (const pid of left) if (!asked.has(pid)) signal(pid, "SIGTERM");
    for (const pid of left) asked.add(pid);
    await Bun.sleep(pause);
  }
  // Again and again, because a process may fork while its siblings are being killed.
  for (let round = 0; round < 50; round++) {
    const left = living(tree, asked);
    if (left.length === 0) return;
    for (const pid of left) signal(pid, "SIGKILL");
    for (const pid of left) asked.add(pid);
    await Bun.sleep(5);
  }
}

/** Ends every process below this one, daemons included where they were adopted, at once. Resolves when none is left. Never throws. */
export async function endDescendants(): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const left = descendants(listProcesses(), [process.pid]).filter(({ ended }) => !ended);
    if (left.length === 0) return;
    for (const { pid } of left) signal(pid, "SIGKILL");
    await Bun.sleep(5);
  }
}

/** The members of `tree`; those of `asked` that have ended by now are reaped on the way. */
function living(tree: Tree, asked: ReadonlySet<number>): number[] {
  const entries = listProcesses();
  for (const { pid, parent, ended } of entries) {
    // Adopted, not spawned by us: nobody else waits for it. The leader's status is the spawner's to collect.
    if (ended && parent === process.pid && asked.has(pid) && pid !== tree.leader) reap(pid);
  }
  return membersOf(tree, entries);
}

/** The living processes of `tree`. */
export function membersOf(tree: Tree, entries = listProcesses()): number[] {
  const ledBy = tree.leader === undefined ? new Set<number>() : membersOfLeader(entries, tree.leader);
  return descendants(entries, [process.pid])
    .filter(({ pid, ended }) => !ended && (ledBy.has(pid) || isMarked(pid, tree.mark)))
    .map(({ pid }) => pid);
}

function membersOfLeader(entries: readonly ProcessEntry[], leader: number): Set<number> {
  const below = descendants(entries, [leader]).map(({ pid }) => pid);
  const beside = entries.filter(({ session }) => session === leader).map(({ pid }) => pid);
  return new Set([leader, ...below, ...beside]);
}

/** The processes below `roots`, in no order. Pure. */
export function descendants(entries: readonly ProcessEntry[], roots: readonly number[]): ProcessEntry[] {
  const children = Map.groupBy(entries, ({ parent }) => parent);
  const found: ProcessEntry[] = [];
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      found.push(child);
      open.push(child.pid);
    }
  }
  return found;
}

/** All processes that we may see. */
export const listProcesses = (): ProcessEntry[] => (process.platform === "linux" ? readProc() : runPs());

function readProc(): ProcessEntry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readProcFile(name, "stat");
      return stat === undefined ? [] : [parseStat(stat)];
    });
}

/** proc_pid_stat(5). The second field, the name, may hold anything, also spaces and parentheses. */
function parseStat(stat: string): ProcessEntry {
  const [state, parent, , session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(parent),
    session: Number(session),
    ended: state === "Z" || state === "X",
  };
}

function runPs(): ProcessEntry[] {
  const { stdout } = Bun.spawnSync(["ps", "-A", "-o", "pid=,ppid=,sess=,stat="]);
  return stdout
    .toString()
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [pid, parent, session, state] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parent: Number(parent),
        session: Number(session),
        ended: state?.startsWith("Z") === true,
      };
    });
}

function isMarked(pid: number, mark: Tree["mark"]): boolean {
  const wanted = Object.entries(mark).map(([name, value]) => `${name}=${value}`);
  if (wanted.length === 0) return false;
  const environment = new Set((readProcFile(String(pid), "environ") ?? "").split("\0"));
  return wanted.every((entry) => environment.has(entry));
}

/** Undefined when the process has gone meanwhile, or is another user's. */
function readProcFile(pid: string, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}

/** Interrupts a leader and its group, as Ctrl-C at a terminal does. */
export const interruptGroup = (leader: number): void => signal(-leader, "SIGINT");

/** The same where the leader is a wrapper: it stays, for it would take what is in it along. */
export const interruptBelow = (leader: number): void => signalBelow(leader, "SIGINT");

/** Signals everything that a process has started, and what that has, but not the process. */
export function signalBelow(leader: number, name: NodeJS.Signals): void {
  for (const { pid } of descendants(listProcesses(), [leader])) signal(pid, name);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile, or became another user's by a set-uid program: nothing that we may do.
  }
}

function reap(pid: number): void {
  if (process.platform === "linux") libc().waitpid(pid, null, noHang);
}

/**
 * Reaps the adopted processes of an ended leader's group that have ended as well, so that none stays behind as a zombie.
 * False when the group has no child of ours any more.
 */
export function reapGroup(leader: number): boolean {
  if (process.platform !== "linux") return false;
  let reaped: number;
  do reaped = libc().waitpid(-leader, null, noHang);
  while (reaped > 0);
  return reaped === 0;
}

const setChildSubreaper = 36;
const noHang = 1;

let loaded: ReturnType<typeof load> | undefined;
const libc = (): ReturnType<typeof load> => (loaded ??= load());

function load() {
  const { i32, u64, ptr } = FFIType;
  return openLibc({
    prctl: { args: [i32, u64, u64, u64, u64], returns: i32 },
    waitpid: { args: [i32, ptr, i32], returns: i32 },
  });
}
