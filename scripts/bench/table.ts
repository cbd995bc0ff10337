/** One line of the result: a quantity of both programs. Undefined where it was not measured. */
export type Line = {
  readonly name: string;
  readonly unit: "ms" | "MB";
  readonly ours: number | undefined;
  readonly original: number | undefined;
  /** The ratio that we want to stay below. */
  readonly wanted?: number | undefined;
};

/** A Markdown table that reads as well in a terminal. */
export function table(lines: readonly Line[]): string {
  const cells = [
    ["", "ours", "original", "ratio", "wanted"],
    ...lines.map((line) => [
      line.name,
      quantity(line.ours, line.unit),
      quantity(line.original, line.unit),
      ratio(line),
      line.wanted === undefined ? "" : `≤ ${line.wanted.toFixed(2)}`,
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0), 3));
  const written = cells.map(
    (row) => `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return written.toSpliced(1, 0, rule).join("\n");
}

const pad = (cell: string, width: number, column: number): string =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width);

function quantity(value: number | undefined, unit: Line["unit"]): string {
  if (value === undefined) return "–";
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}

function ratio({ ours, original, wanted }: Line): string {
  if (ours === undefined || original === undefined) return "–";
  const value = ours / original;
  return value > (wanted ?? Number.POSITIVE_INFINITY) ? `**${value.toFixed(2)}**` : value.toFixed(2);
}
