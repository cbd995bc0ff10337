import { isTable, type ConfigTable, type ConfigValue } from "./config-value.ts";
import type { EitherKey, Key, NumberKey, TableKey } from "./schema/key.ts";

export type ConfigPath = readonly (string | number)[];

/** Something a layer says that the schema does not allow. `at`: whether the key or its value is to blame. */
export type Issue = {
  readonly path: ConfigPath;
  readonly at: "key" | "value";
  readonly kind: "unknown" | "invalid";
  readonly message: string;
};

/** Compares a table with a schema. Messages are the original's, since people search for them. */
export function validate(value: ConfigTable, schema: TableKey): Issue[] {
  const issues: Issue[] = [];
  checkTable(value, schema, [], issues);
  return issues;
}

function check(value: ConfigValue, key: Key, path: ConfigPath, issues: Issue[]): void {
  switch (key.kind) {
    case "any":
      return;
    case "string":
      if (typeof value !== "string") issues.push(wrongType(value, key.path ? "path string" : "a string", path));
      return;
    case "boolean":
      if (typeof value !== "boolean") issues.push(wrongType(value, "a boolean", path));
      return;
    case "number":
      return checkNumber(value, key, path, issues);
    case "oneOf":
      return checkVariant(value, key.values, path, issues);
    case "list":
      if (!Array.isArray(value)) issues.push(wrongType(value, "a sequence", path));
      else for (const [index, item] of value.entries()) check(item, key.of, [...path, index], issues);
      return;
    case "table":
      if (!isTable(value)) issues.push(wrongType(value, "a table", path));
      else checkTable(value, key, path, issues);
      return;
    case "either":
      return checkEither(value, key, path, issues);
  }
}

function checkTable(value: ConfigTable, schema: TableKey, path: ConfigPath, issues: Issue[]): void {
  for (const [name, item] of Object.entries(value)) {
    const key = Object.hasOwn(schema.keys, name) ? schema.keys[name] : schema.rest;
    const inner = [...path, name];
    if (key === undefined) issues.push(unknownField(inner));
    else check(item, key, inner, issues);
  }
  for (const name of schema.required) {
    if (!Object.hasOwn(value, name)) issues.push(invalid(`missing field \`${name}\``, path));
  }
}

function checkNumber(value: ConfigValue, key: NumberKey, path: ConfigPath, issues: Issue[]): void {
  const fits = typeof value === "number" && (!key.integer || Number.isInteger(value));
  if (!fits) issues.push(wrongType(value, key.name, path));
  else if (value < key.min || value > key.max)
    issues.push(invalid(`invalid value: ${describe(value)}, expected ${key.name}`, path));
}

function checkVariant(value: ConfigValue, values: readonly string[], path: ConfigPath, issues: Issue[]): void {
  if (typeof value !== "string") issues.push(wrongType(value, "a string", path));
  else if (!values.includes(value))
    issues.push(invalid(`unknown variant \`${value}\`, expected ${variants(values)}`, path));
}

/** Judged by the alternative of the value's own shape, so that the message speaks of what was meant. */
function checkEither(value: ConfigValue, key: EitherKey, path: ConfigPath, issues: Issue[]): void {
  const meant = key.of.find((alternative) => hasShape(value, alternative));
  if (meant !== undefined) check(value, meant, path, issues);
  else issues.push(wrongType(value, key.of.map(expectation).join(" or "), path));
}

function hasShape(value: ConfigValue, key: Key): boolean {
  switch (key.kind) {
    case "string":
    case "oneOf":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "list":
      return Array.isArray(value);
    case "table":
      return isTable(value);
    case "either":
      return key.of.some((alternative) => hasShape(value, alternative));
    case "any":
      return true;
  }
}

function expectation(key: Key): string {
  switch (key.kind) {
    case "number":
      return key.name;
    case "boolean":
      return "a boolean";
    case "list":
      return "a sequence";
    case "table":
      return "a table";
    default:
      return "a string";
  }
}

const invalid = (message: string, path: ConfigPath): Issue => ({ path, at: "value", kind: "invalid", message });

const wrongType = (value: ConfigValue, expected: string, path: ConfigPath): Issue =>
  invalid(`invalid type: ${describe(value)}, expected ${expected}`, path);

const unknownField = (path: ConfigPath): Issue => ({
  path,
  at: "key",
  kind: "unknown",
  message: `unknown configuration field \`${path.join(".")}\``,
});

function variants(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  return quoted.length > 2 ? `one of ${quoted.join(", ")}` : quoted.join(" or ");
}

function describe(value: ConfigValue): string {
  if (typeof value === "string") return `string ${JSON.stringify(value)}`;
  if (typeof value === "boolean") return `boolean \`${value}\``;
  if (typeof value === "number") return `${Number.isInteger(value) ? "integer" : "floating point"} \`${value}\``;
  if (Array.isArray(value)) return "sequence";
  return value instanceof Date ? "datetime" : "map";
}
