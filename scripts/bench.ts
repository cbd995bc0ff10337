/**
 * `npm run bench`: measures ours and, where `scripts/original.sh` has installed it, the original; prints a table and writes
 * it to docs/benchmarks.md. `--only ROW` measures one row, `sandbox` what the sandbox adds, `app-server` and `proxy` their figures (may come
 * more than once), and writes nothing; `--runs N` counts.
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { appServerLines } from "./bench/app-server-lines.ts";
import { lines } from "./bench/lines.ts";
import { ourProgram, originalProgram, type Program } from "./bench/programs.ts";
import { proxyLines } from "./bench/proxy-lines.ts";
import { type RowName, rows } from "./bench/rows.ts";
import { type RowResult, runRow } from "./bench/run-row.ts";
import { sandboxLines } from "./bench/sandbox-lines.ts";
import { type Line, table } from "./bench/table.ts";

const report = join(import.meta.dir, "..", "docs", "benchmarks.md");
const mark = "<!-- Made by `npm run bench`; what is above this line is written by hand. -->";

async function bench(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true }, runs: { type: "string" } } });
  const original = originalProgram();
  if (original === undefined)
    console.log("The original is not installed (scripts/original.sh): only ours is measured.");
  const programs = [ourProgram(), ...(original ? [original] : [])];
  const results = new Map<RowName, RowResult>();
  for (const name of chosenRows(values.only)) {
    console.log(`measuring ${rows[name].name} …`);
    results.set(name, await runRow(rows[name], programs, Number(values.runs ?? rows[name].runs)));
  }
  const sandbox = wants(values.only, "sandbox") ? await measureSandbox(programs, Number(values.runs ?? 60)) : [];
  const server = wants(values.only, "app-server") ? await measureServer(programs, Number(values.runs ?? 9)) : [];
  const proxy = wants(values.only, "proxy") ? await measureProxy(programs, Number(values.runs ?? 9)) : [];
  const text = table([...lines(results, programs), ...server, ...sandbox, ...proxy]);
  console.log(`\n${text}`);
  if (values.only === undefined && original !== undefined) await write(text);
}

const wants = (only: string[] | undefined, name: string): boolean => only?.includes(name) ?? true;

async function measureSandbox(programs: readonly Program[], rounds: number): Promise<Line[]> {
  if (process.platform !== "linux") return [];
  console.log("measuring what the sandbox adds …");
  return sandboxLines(programs, rounds);
}

async function measureServer(programs: readonly Program[], runs: number): Promise<Line[]> {
  if (process.platform !== "linux") return [];
  console.log("measuring the app server …");
  return appServerLines(programs, runs);
}

async function measureProxy(programs: readonly Program[], rounds: number): Promise<Line[]> {
  if (process.platform !== "linux") return [];
  console.log("measuring the proxy for the Responses API …");
  return proxyLines(programs, rounds);
}

/** What `--only` knows besides the rows. */
const others: readonly string[] = ["app-server", "sandbox", "proxy"];

function chosenRows(only: string[] | undefined): RowName[] {
  const names = Object.keys(rows) as RowName[];
  const unknown = only?.find((name) => !others.includes(name) && !names.some((known) => known === name));
  if (unknown !== undefined)
    throw new Error(`There is no row ${unknown}; there are ${[...names, ...others].join(", ")}.`);
  return names.filter((name) => wants(only, name));
}

/** Keeps what people wrote above the mark. */
async function write(text: string): Promise<void> {
  const [prose = ""] = (await Bun.file(report).text()).split(mark);
  const day = new Date().toISOString().slice(0, 10);
  const conditions = `Measured on ${day}, ${process.platform} ${process.arch}, ${cpus().length} cores; medians.`;
  await Bun.write(report, `${prose}${mark}\n\n${conditions}\n\n${text}\n`);
}

try {
  await bench();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
