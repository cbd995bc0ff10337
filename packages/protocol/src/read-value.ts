import { OptionalKind, type TSchema } from "@sinclair/typebox";
import { isObject } from "./json.ts";
import { err, ok, type Result } from "./result.ts";

/**
 * Reads a JSON value by a schema of the protocol: the value with its absent fields filled in, or what is wrong with it, in
 * the words that clients of the original may look for. Fields that the schema does not know stay as they are. The schemas
 * are walked as they stand: for one value that is quicker than to compile them.
 */
export function readValue(schema: TSchema, value: unknown): Result<unknown, string> {
  if (Array.isArray(schema["anyOf"])) return readUnion(schema, value);
  if (Array.isArray(schema["allOf"])) return readAll(schema["allOf"], value);
  if (schema["const"] !== undefined) return readKeyed({ words: [schema["const"]], known: [schema["const"]] }, value);
  if (Array.isArray(schema["enum"])) return readKeyed(wordsOf(schema), value);
  switch (schema["type"]) {
    case "string":
      return readText(schema, value);
    case "boolean":
      return typeof value === "boolean" ? ok(value) : wrongType(value, "a boolean");
    case "integer":
      return readInteger(schema, value);
    case "number":
      return typeof value === "number" ? ok(value) : wrongType(value, "f64");
    case "null":
      return value === null ? ok(null) : wrongType(value, "unit");
    case "undefined":
      return value === undefined ? ok(undefined) : wrongType(value, "unit");
    case "array":
      return Array.isArray(value) ? readList(schema["items"], value) : wrongType(value, "a sequence");
    case "object":
      return isObject(schema["patternProperties"]) ? readMap(schema, value) : readFields(schema, value);
    default:
      return ok(value);
  }
}

/** What is wrong with a value; undefined where nothing is. */
export function describeProblem(schema: TSchema, value: unknown): string | undefined {
  const read = readValue(schema, value);
  return read.ok ? undefined : read.error;
}

function readFields(schema: TSchema, value: unknown): Result<unknown, string> {
  if (!isObject(value)) return wrongType(value, `struct ${schema["title"] ?? "of fields"}`);
  const properties = propertiesOf(schema);
  const filled: Record<string, unknown> = { ...value };
  for (const [name, given] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined || (given === undefined && isLeftOut(property))) continue;
    if (given === null && property["nullIsAbsent"] === true) {
      delete filled[name];
      continue;
    }
    const read = readValue(property, given);
    if (!read.ok) return read;
    filled[name] = read.value;
  }
  for (const [name, property] of Object.entries(properties)) {
    if (filled[name] !== undefined) continue;
    if (property["absent"] !== undefined) filled[name] = structuredClone(property["absent"]);
    else if (!isLeftOut(property)) return err(`missing field \`${name}\``);
  }
  return ok(filled);
}

const propertiesOf = (schema: TSchema): Record<string, TSchema> => schema["properties"] as Record<string, TSchema>;

const isLeftOut = (property: TSchema): boolean =>
  property[OptionalKind] !== undefined || property["ours"] === true || property["absent"] !== undefined;

function readMap(schema: TSchema, value: unknown): Result<unknown, string> {
  if (!isObject(value)) return wrongType(value, "a map");
  const [of] = Object.values(schema["patternProperties"] as Record<string, TSchema>);
  const entries: [string, unknown][] = [];
  for (const [key, given] of Object.entries(value)) {
    const read = of ? readValue(of, given) : ok(given);
    if (!read.ok) return read;
    entries.push([key, read.value]);
  }
  return ok(Object.fromEntries(entries));
}

function readList(of: TSchema, values: readonly unknown[]): Result<unknown, string> {
  const list: unknown[] = [];
  for (const value of values) {
    const read = readValue(of, value);
    if (!read.ok) return read;
    list.push(read.value);
  }
  return ok(list);
}

/** One object that several schemas describe a part of. */
function readAll(parts: readonly TSchema[], value: unknown): Result<unknown, string> {
  let whole = value;
  for (const part of parts) {
    const read = readValue(part, whole);
    if (!read.ok) return read;
    whole = read.value;
  }
  return ok(whole);
}

function readText(schema: TSchema, value: unknown): Result<unknown, string> {
  const format: unknown = schema["format"];
  const isPath = format === "path" || format === "absolute-path";
  if (typeof value !== "string") return wrongType(value, isPath ? "path string" : "a string");
  if (format === "absolute-path" && !isAbsolute(value)) return err("AbsolutePathBuf deserialized without a base path");
  return value === "" && schema["minLength"] ? err(`${nameInText(schema)} must not be empty`) : ok(value);
}

/** `ReasoningEffort` → `reasoning_effort`. */
const nameInText = (schema: TSchema): string =>
  String(schema["title"] ?? "text")
    .replaceAll(/(?<=.)[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase();

const isAbsolute = (path: string): boolean => path.startsWith("/") || /^[A-Za-z]:[\\/]|^\\\\/.test(path);

function readInteger(schema: TSchema, value: unknown): Result<unknown, string> {
  const name = integerNames[schema["format"] as string] ?? "i64";
  if (typeof value !== "number" || !Number.isInteger(value)) return wrongType(value, name);
  const [least, most] = ranges[name] ?? [-Infinity, Infinity];
  return value < least || value > most ? err(`invalid value: integer \`${value}\`, expected ${name}`) : ok(value);
}

const integerNames: Record<string, string> = {
  int32: "i32",
  int64: "i64",
  uint16: "u16",
  uint32: "u32",
  uint64: "u64",
  uint: "usize",
};
const ranges: Record<string, readonly [number, number]> = {
  i32: [-(2 ** 31), 2 ** 31 - 1],
  u16: [0, 2 ** 16 - 1],
  u32: [0, 2 ** 32 - 1],
  u64: [0, Infinity],
  usize: [0, Infinity],
};

/** Tagged by a field's literal, by an object's only key, or not at all. */
function readUnion(schema: TSchema, value: unknown): Result<unknown, string> {
  const options = (schema["anyOf"] as TSchema[]).filter((option) => {
    if (option["type"] === "null") return false;
    return option["type"] !== "undefined";
  });
  const empty = (schema["anyOf"] as TSchema[]).filter((option) => !options.includes(option));
  if (value === null && empty.some((option) => option["type"] === "null")) return ok(null);
  if (value === undefined && empty.length > 0) return ok(undefined);
  const [only] = options;
  if (only === undefined) {
    const isEmpty = isObject(value) && Object.keys(value).length === 0;
    return isEmpty ? ok(undefined) : wrongType(value, "unit");
  }
  if (options.length === 1) return readValue(only, value);
  const tag = tagOf(options);
  if (tag !== undefined) return readTagged(schema, options, tag, value);
  const keyed = keyedOptions(options);
  if (keyed) return readKeyed(keyed, value);
  for (const option of options) {
    const read = readValue(option, value);
    if (read.ok) return read;
  }
  return err(
    `data did not match any variant of untagged enum ${schema["calledAs"] ?? schema["title"] ?? ""}`.trimEnd(),
  );
}

/** The field by whose literal the options differ. */
function tagOf(options: readonly TSchema[]): string | undefined {
  const [first] = options;
  for (const [name, property] of Object.entries(first ? fieldsOf(first) : {})) {
    if (property["const"] !== undefined && options.every((option) => fieldsOf(option)[name]?.["const"] !== undefined)) {
      return name;
    }
  }
  return undefined;
}

/** The fields of an object, also of one in parts. */
function fieldsOf(schema: TSchema): Record<string, TSchema> {
  if (Array.isArray(schema["allOf"])) return Object.assign({}, ...schema["allOf"].map(fieldsOf));
  return isObject(schema["properties"]) ? propertiesOf(schema) : {};
}

function readTagged(
  schema: TSchema,
  options: readonly TSchema[],
  tag: string,
  value: unknown,
): Result<unknown, string> {
  if (!isObject(value)) return wrongType(value, `internally tagged enum ${schema["title"] ?? ""}`.trimEnd());
  const given = value[tag];
  if (given === undefined) {
    const sole: unknown = schema["untagged"];
    return sole === undefined
      ? err(`missing field \`${tag}\``)
      : readTagged(schema, options, tag, { ...value, [tag]: sole });
  }
  const option = options.find((option) => fieldsOf(option)[tag]?.["const"] === given);
  if (option) return readValue(option, value);
  if (schema["open"] && typeof given === "string") return ok(value);
  const known = options.map((option) => String(fieldsOf(option)[tag]?.["const"]));
  return typeof given === "string" ? err(unknownVariant(given, known)) : wrongType(given, "variant identifier");
}

type Keyed = {
  readonly words: readonly string[];
  /** Every word and key, in the order of a refusal. */
  readonly known: readonly string[];
  readonly aliases?: Readonly<Record<string, string>>;
  readonly objects?: Readonly<Record<string, TSchema>>;
};

function wordsOf(schema: TSchema): Keyed {
  const words: readonly string[] = schema["enum"];
  const aliases: Readonly<Record<string, string>> = schema["aliases"] ?? {};
  const withAliases = (word: string): string[] =>
    [word, ...Object.keys(aliases).filter((alias) => aliases[alias] === word)].sort();
  return { words, aliases, known: words.flatMap(withAliases) };
}

/** Words beside objects of one key: `"never"` or `{ granular: … }`. */
function keyedOptions(options: readonly TSchema[]): Keyed | undefined {
  const words: string[] = [];
  const known: string[] = [];
  const objects: Record<string, TSchema> = {};
  for (const option of options) {
    const plain: readonly string[] | undefined = option["const"] === undefined ? option["enum"] : [option["const"]];
    const [key, ...others] = Object.keys(fieldsOf(option));
    if (plain) words.push(...plain);
    else if (key === undefined || others.length > 0 || option["additionalProperties"] !== false) return undefined;
    else objects[key] = option;
    known.push(...(plain ?? [String(key)]));
  }
  return { words, known, objects };
}

function readKeyed({ words, known, aliases = {}, objects = {} }: Keyed, value: unknown): Result<unknown, string> {
  if (typeof value === "string") {
    if (words.includes(value)) return ok(value);
    if (Object.hasOwn(aliases, value)) return ok(aliases[value]);
    return Object.hasOwn(objects, value)
      ? err("invalid type: unit variant, expected struct variant")
      : err(unknownVariant(value, known));
  }
  if (!isObject(value)) return wrongType(value, "string or map");
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return err("invalid value: map, expected map with a single key");
  const option = Object.hasOwn(objects, key) ? objects[key] : undefined;
  if (option) return isObject(value[key]) ? readValue(option, value) : wrongType(value[key], "struct variant");
  if (!words.includes(key)) return err(unknownVariant(key, known));
  // A word as the key of nothing is the word.
  return value[key] === null ? ok(key) : wrongType(value[key], "unit");
}

const unknownVariant = (word: string, known: readonly string[]): string => {
  const names = known.map((name) => `\`${name}\``);
  const list = names.length === 2 ? names.join(" or ") : `${names.length > 1 ? "one of " : ""}${names.join(", ")}`;
  return `unknown variant \`${word}\`, expected ${list}`;
};

const wrongType = (value: unknown, expected: string): Result<never, string> =>
  err(`invalid type: ${describe(value)}, expected ${expected}`);

function describe(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return `string ${JSON.stringify(value)}`;
  if (typeof value === "boolean") return `boolean \`${value}\``;
  if (typeof value === "number")
    return Number.isInteger(value) ? `integer \`${value}\`` : `floating point \`${value}\``;
  return Array.isArray(value) ? "sequence" : "map";
}
