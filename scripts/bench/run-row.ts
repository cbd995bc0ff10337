import { join } from "node:path";
import { prepareLaunch } from "../../packages/scripted-model/src/launch.ts";
import { workspace } from "../../packages/scripted-model/src/testing.ts";
import { type Measured, measure } from "./measure.ts";
import type { Program } from "./programs.ts";
import type { Row } from "./rows.ts";
import { median } from "./median.ts";
import { startModel } from "./start-model.ts";

/** The median of each figure, by program. */
export type RowResult = Partial<Record<Program["name"], Measured>>;

/**
 * Measures one row: an empty HOME, a CODEX_HOME of its own for each program, one run of each that does not count, then
 * runs in turns, so that what else the machine does falls on both alike.
 */
export async function runRow(row: Row, programs: readonly Program[], runs: number): Promise<RowResult> {
  await using ws = await workspace({ "README.md": "A project.\n" });
  using server = row.script === undefined ? undefined : await startModel(row.script);
  const { args, reset, done } = await row.begin(ws);
  const runOnce = async ({ name, path }: Program): Promise<Measured> => {
    const home = join(ws.root, `codex-home-${name}`);
    const launch = await prepareLaunch({ ws, home, args, subcommand: [], binary: path, ...(server ? { server } : {}) });
    await reset?.(home);
    const measured = await measure(launch, row.expected);
    if (done && !(await done())) throw new Error(`${name}: ${row.name} ended well, but its work is not done.`);
    return measured;
  };

  const samples = new Map(programs.map(({ name }) => [name, [] as Measured[]]));
  for (let run = 0; run <= runs; run++) {
    for (const program of programs) {
      const measured = await runOnce(program);
      if (run > 0) samples.get(program.name)?.push(measured);
    }
  }
  return Object.fromEntries([...samples].map(([name, list]) => [name, medians(list)]));
}

const medians = (list: readonly Measured[]): Measured => ({
  wall: median(list.map(({ wall }) => wall)),
  cpu: median(list.map(({ cpu }) => cpu)),
  memory: median(list.map(({ memory }) => memory)),
});
