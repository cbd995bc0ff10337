/** Megabytes that a process has for itself: not those of files that are mapped. */
export async function anonymousMemory(pid: number): Promise<number> {
  const rollup = await Bun.file(`/proc/${pid}/smaps_rollup`).text();
  const [, kilobytes] = /^Anonymous:\s+(\d+) kB/m.exec(rollup) ?? [];
  if (kilobytes === undefined) throw new Error(`The system does not tell the memory of process ${pid}.`);
  return (Number(kilobytes) * 1024) / 1e6;
}
