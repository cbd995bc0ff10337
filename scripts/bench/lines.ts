import type { Measured } from "./measure.ts";
import type { Program } from "./programs.ts";
import { type Row, type RowName, rows } from "./rows.ts";
import type { RowResult } from "./run-row.ts";
import type { Line } from "./table.ts";

type Results = ReadonlyMap<RowName, RowResult>;

/** What is told of the results: wall times, a call's share, processor time, memory, size. */
export function lines(results: Results, programs: readonly Program[]): Line[] {
  return [
    ...figures(results, "wall", "ms", 1),
    ...callLines(results),
    ...figures(results, "cpu", "ms", 1),
    ...figures(results, "memory", "MB", 1e6),
    { name: "installed, on disk", unit: "MB", ...sizes(programs), wanted: 0.3 },
  ];
}

const labels = { wall: "", cpu: ", processor time", memory: ", peak memory" } satisfies Record<keyof Measured, string>;

function figures(results: Results, figure: keyof Measured, unit: Line["unit"], divisor: number): Line[] {
  return [...results].map(([name, { ours, original }]) => ({
    name: rows[name].name + labels[figure],
    unit,
    ours: ours && ours[figure] / divisor,
    original: original && original[figure] / divisor,
    wanted: wantedOf(rows[name], figure),
  }));
}

function wantedOf(row: Row, figure: keyof Measured): number | undefined {
  if (figure === "wall") return row.wanted;
  return figure === "memory" ? row.wantedMemory : undefined;
}

/** What one call adds to a turn. */
function callLines(results: Results): Line[] {
  const [none, hundred] = [results.get("turn"), results.get("hundred")];
  if (none === undefined || hundred === undefined) return [];
  const added = (name: Program["name"]): number | undefined => {
    const [less, more] = [none[name], hundred[name]];
    return less && more && (more.wall - less.wall) / 100;
  };
  return [{ name: "a sandboxed call", unit: "ms", ours: added("ours"), original: added("original"), wanted: 0.15 }];
}

function sizes(programs: readonly Program[]): Pick<Line, "ours" | "original"> {
  const size = (wanted: Program["name"]): number | undefined => {
    const found = programs.find(({ name }) => name === wanted);
    return found && found.installed / 1e6;
  };
  return { ours: size("ours"), original: size("original") };
}
