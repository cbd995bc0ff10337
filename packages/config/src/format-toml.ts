import { formatKey, formatPath, isTable, quote, type ConfigTable, type ConfigValue } from "./config-value.ts";

/** A value on one line: tables inline. */
export function formatValue(value: ConfigValue): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${formatKey(key)} = ${formatValue(item)}`);
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

function formatNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  // Written as an integer it would be one too large to read back exactly.
  const float = Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;
  return float ? `${value}.0` : String(value);
}

/** A table under its own header, tables inside it under theirs; lines without their ends. */
export function formatSection(path: readonly string[], table: ConfigTable): string[] {
  const lines = [`[${formatPath(path)}]`];
  const inner: string[] = [];
  for (const [key, value] of Object.entries(table)) {
    if (isTable(value)) inner.push("", ...formatSection([...path, key], value));
    else lines.push(`${formatKey(key)} = ${formatValue(value)}`);
  }
  return [...lines, ...inner];
}
