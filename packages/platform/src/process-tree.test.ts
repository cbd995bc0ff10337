import { afterEach, describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import {
  adoptOrphans,
  descendants,
  killTree,
  listProcesses,
  membersOf,
  type ProcessEntry,
  reapGroup,
} from "./process-tree.ts";
import { spawnPiped } from "./process.ts";

const mark = { TREE_TEST: crypto.randomUUID() };

function start(script: string) {
  const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin", ...mark };
  const child = spawnPiped({ argv: ["/bin/bash", "-c", script], env, cwd: tmpdir(), fds: [] }, () => {});
  if (!child.ok) throw new Error(child.error);
  return child.value;
}

afterEach(() => killTree({ leader: undefined, mark }, 0));

test("descendants are found at any depth, and nothing else", () => {
  const entry = (pid: number, parent: number): ProcessEntry => ({ pid, parent, session: 1, ended: false });
  const entries = [entry(2, 1), entry(3, 2), entry(4, 3), entry(5, 1), entry(6, 5)];
  expect(descendants(entries, [2]).map(({ pid }) => pid)).toEqual([3, 4]);
  expect(descendants(entries, [9])).toEqual([]);
});

test("we find ourselves among the processes", () => {
  expect(listProcesses().find(({ pid }) => pid === process.pid)).toMatchObject({ parent: process.ppid, ended: false });
});

test("orphans that end by themselves are reaped by their group", async () => {
  adoptOrphans();
  const child = start("sleep 0.1 & exit 0");
  await child.exited;
  const orphans = () => descendants(listProcesses(), [process.pid]).filter(({ session }) => session === child.pid);
  expect(orphans()).toMatchObject([{ ended: false }]);
  expect(reapGroup(child.pid)).toBe(true);
  while (orphans().some(({ ended }) => !ended)) await Bun.sleep(10);
  expect(reapGroup(child.pid)).toBe(false);
  expect(orphans()).toEqual([]);
});

describe("killTree", () => {
  test("ends a process and its children", async () => {
    const child = start("sleep 100 & sleep 100");
    await killTree({ leader: child.pid, mark: {} });
    expect(await child.exited).toBe(143);
    expect(membersOf({ leader: undefined, mark })).toEqual([]);
  });

  test("kills what does not listen to SIGTERM, after the grace", async () => {
    const child = start("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    await Bun.sleep(50);
    await killTree({ leader: child.pid, mark: {} }, 60);
    expect(await child.exited).toBe(137);
  });

  test("finds daemons that left their session and lost their parent, and reaps them", async () => {
    adoptOrphans();
    const child = start("(setsid setsid sleep 100 &) ; (trap '' TERM; exec setsid sleep 101) & exit 0");
    expect(await child.exited).toBe(0);
    const daemons = membersOf({ leader: undefined, mark });
    expect(daemons).toHaveLength(2);
    await killTree({ leader: undefined, mark }, 50);
    expect(membersOf({ leader: undefined, mark })).toEqual([]);
    const left = descendants(listProcesses(), [process.pid]).filter(({ pid }) => daemons.includes(pid));
    expect(left).toEqual([]);
  });

  test("leaves other processes alone", async () => {
    const other = start("sleep 100");
    await killTree({ leader: undefined, mark: { TREE_TEST: "of nobody" } });
    await killTree({ leader: undefined, mark: {} });
    expect(membersOf({ leader: other.pid, mark: {} })).toContain(other.pid);
  });
});
