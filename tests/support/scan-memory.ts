/** Where a text stands in another process's memory. Needs root, on Linux. */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";

export type Find = { readonly at: number; readonly mapping: string; readonly locked: boolean };

type Mapping = { from: number; to: number; name: string; resident: boolean; locked: boolean };

const page = 4096;

/** Each place where `text` stands in what the process has in memory, with the mapping that it is in. */
export function scanMemory(pid: number, text: string): Find[] {
  const wanted = Buffer.from(text);
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const pages = openSync(`/proc/${pid}/pagemap`, "r");
  try {
    return mappings(pid)
      .filter(({ resident }) => resident)
      .flatMap((mapping) =>
        runsOfPages(pages, mapping).flatMap(([from, to]) =>
          findIn(memory, from, to, wanted).map((at) => ({ at, mapping: mapping.name, locked: mapping.locked })),
        ),
      );
  } finally {
    closeSync(memory);
    closeSync(pages);
  }
}

function mappings(pid: number): Mapping[] {
  const found: Mapping[] = [];
  for (const line of readFileSync(`/proc/${pid}/smaps`, "latin1").split("\n")) {
    const [, from, to, name] = /^([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (from !== undefined && to !== undefined && name !== undefined) {
      found.push({ from: parseInt(from, 16), to: parseInt(to, 16), name, resident: false, locked: false });
    } else if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) {
      // One that cannot be read: what follows is told of it.
      found.push({ from: 0, to: 0, name: "", resident: false, locked: false });
    } else if (last && /^Rss: +[1-9]/.test(line)) last.resident = last.to > 0;
    else if (last && /^VmFlags:.* lo( |$)/.test(line)) last.locked = true;
  }
  return found;
}

/** The parts of a mapping that are in memory. Reading the others would make them. */
function runsOfPages(pages: number, { from, to }: Mapping): [number, number][] {
  const runs: [number, number][] = [];
  const entries = Buffer.alloc(1 << 20);
  let at = from;
  while (at < to) {
    const count = Math.min(entries.length / 8, (to - at) / page);
    const got = readSync(pages, entries, 0, count * 8, (at / page) * 8);
    if (got <= 0) break;
    for (let i = 0; i < got; i += 8) {
      const there = (entries[i + 7] ?? 0) >= 0x40;
      const last = runs.at(-1);
      if (there && last?.[1] === at) last[1] = at + page;
      else if (there) runs.push([at, at + page]);
      at += page;
    }
  }
  return runs;
}

function findIn(memory: number, from: number, to: number, wanted: Buffer): number[] {
  const bytes = Buffer.alloc(to - from);
  let length = 0;
  try {
    length = readSync(memory, bytes, 0, bytes.length, from);
  } catch {
    // Pages of devices cannot be read.
  }
  const found: number[] = [];
  for (let at = bytes.indexOf(wanted); at !== -1 && at < length; at = bytes.indexOf(wanted, at + 1))
    found.push(from + at);
  return found;
}
