import { CodexError } from "./codex-error.ts";
import type { CodexConfigObject, CodexConfigValue } from "./options.ts";

/** A value on one line of TOML. Throws where TOML has none for it; `path` is what the error calls it. */
export function tomlValue(value: CodexConfigValue, path: string): string {
  if (typeof value === "string") return tomlString(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return tomlNumber(value, path);
  if (Array.isArray(value)) return `[${value.map((item, index) => tomlValue(item, `${path}[${index}]`)).join(", ")}]`;
  if (isTable(value)) return tomlTable(value, path);
  throw new CodexError("invalid_option", `config.${path} must be a string, number, boolean, array or object.`);
}

/** Whether a key stands in TOML without quotes. */
export const isBareKey = (key: string): boolean => /^[A-Za-z0-9_-]+$/.test(key);

/** Plain objects only: a Date or a Map has no meaning here. Callers without types may pass anything. */
export const isTable = (value: unknown): value is CodexConfigObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value);

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function tomlTable(table: CodexConfigObject, path: string): string {
  const present = Object.entries(table).filter(([, value]) => value !== undefined);
  const entries = present.map(
    ([key, value]) => `${isBareKey(key) ? key : tomlString(key)} = ${tomlValue(value, `${path}.${key}`)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

// JSON's escapes are TOML's, but JSON leaves DEL as it is and TOML refuses it.
const tomlString = (text: string): string => JSON.stringify(text).replaceAll("\u007f", "\\u007f");

function tomlNumber(value: number, path: string): string {
  if (!Number.isFinite(value)) throw new CodexError("invalid_option", `config.${path} must be a finite number.`);
  // A large whole number is a float in TOML, whose integers end at 64 bits.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
