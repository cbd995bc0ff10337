import { readdir, readFile } from "node:fs/promises";

/**
 * The processes that have this folder in their environment, as everything has that a run started: HOME and TMPDIR lie in its
 * workspace. Linux only.
 */
export async function processesOf(folder: string): Promise<number[]> {
  const pids = (await readdir("/proc")).map(Number).filter(Number.isInteger);
  const environments = await Promise.all(pids.map(async (pid) => ({ pid, environment: await environmentOf(pid) })));
  return environments.flatMap(({ pid, environment }) => (environment.includes(folder) ? [pid] : []));
}

/** Waits until none is left; gives those that outlive `patience` milliseconds. */
export async function leftProcesses(folder: string, patience = 3000): Promise<string[]> {
  const end = performance.now() + patience;
  let left = await processesOf(folder);
  while (left.length > 0 && performance.now() < end) {
    await Bun.sleep(20);
    left = await processesOf(folder);
  }
  return Promise.all(left.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "ended meanwhile")));
}

/** "" for a process that has ended, a zombie included, or is another user's. */
const environmentOf = (pid: number): Promise<string> => readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
