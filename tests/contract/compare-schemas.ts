import { isObject } from "@codex/protocol/json";

/**
 * Where two files of JSON Schema say something different of the same values, by the name of the schema in which they do.
 * What reads alike is no difference: prose, the order of alternatives and words, `oneOf` or `anyOf`, a union of one, a
 * default of null, the titles of variants.
 */
export function compareSchemas(theirs: unknown, ours: unknown, title: string): string[] {
  const [{ definitions: theirDefinitions, ...theirBody }, { definitions: ourDefinitions, ...ourBody }] = [
    fieldsOf(theirs),
    fieldsOf(ours),
  ];
  return [
    ...compare(plain(theirBody), plain(ourBody), title),
    ...compareDefinitions(fieldsOf(theirDefinitions), fieldsOf(ourDefinitions)),
  ];
}

function compareDefinitions(theirs: Record<string, unknown>, ours: Record<string, unknown>): string[] {
  return keysOf(theirs, ours).flatMap((name) =>
    // the second version's stand one level deeper
    name === "v2"
      ? compareDefinitions(fieldsOf(theirs[name]), fieldsOf(ours[name]))
      : compare(plain(theirs[name]), plain(ours[name]), name),
  );
}

const fieldsOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const keysOf = (theirs: Record<string, unknown>, ours: Record<string, unknown>): string[] =>
  [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].sort();

function compare(theirs: unknown, ours: unknown, path: string): string[] {
  if (text(theirs) === text(ours)) return [];
  if (theirs === undefined) return [`${path}: ours`];
  if (ours === undefined) return [`${path}: theirs`];
  if (!isObject(theirs) || !isObject(ours)) return [`${path}: ${text(theirs)} -> ${text(ours)}`];
  return keysOf(theirs, ours).flatMap((key) => compare(theirs[key], ours[key], `${path}/${key}`));
}

/** As text with the keys in order. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? "";

/** One way to say each thing. Alternatives become an object by the name of each, so that they can be told apart. */
function plain(value: unknown, isRoot = true): unknown {
  if (Array.isArray(value)) return value.map((element) => plain(element, false));
  if (!isObject(value)) return value;
  const fields: [string, unknown][] = [];
  for (const [key, of] of Object.entries(value)) {
    if (typeof of === "string" && (key === "description" || (key === "title" && !isRoot))) continue;
    if (key === "default" && of === null) continue;
    if (Array.isArray(of) && (key === "enum" || key === "required")) fields.push([key, of.toSorted()]);
    else if (isObject(of) && key === "properties") fields.push([key, eachPlain(of)]);
    else if (Array.isArray(of) && (key === "oneOf" || key === "anyOf")) fields.push(["anyOf", alternatives(of)]);
    else fields.push([key, plain(of, false)]);
  }
  return merged(Object.fromEntries(fields));
}

/** A field may be called as a keyword is. */
const eachPlain = (properties: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, plain(property, false)]));

function merged(schema: Record<string, unknown>): unknown {
  if (Object.keys(schema).length === 0) return true;
  const { allOf, anyOf, ...rest } = schema;
  if (Array.isArray(allOf) && allOf.length === 1 && isObject(allOf[0])) return { ...allOf[0], ...rest };
  if (!isObject(anyOf)) return schema;
  const [only, ...others] = Object.values(anyOf);
  return others.length === 0 && isObject(only) ? { ...only, ...rest } : schema;
}

function alternatives(options: readonly unknown[]): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  const words: string[] = [];
  for (const option of options) {
    const printed = plain(option, false);
    if (isObject(printed) && printed["type"] === "string" && Array.isArray(printed["enum"])) {
      words.push(...(printed["enum"] as string[]));
    } else named[nameOf(printed)] = printed;
  }
  return words.length > 0 ? { ...named, words: { type: "string", enum: words.sort() } } : named;
}

/** The literal that tells a variant, its only key, or all of it. */
function nameOf(option: unknown): string {
  if (!isObject(option) || !isObject(option["properties"])) return text(option);
  for (const [name, property] of Object.entries(option["properties"])) {
    if (isObject(property) && Array.isArray(property["enum"]) && property["enum"].length === 1) {
      return `${name}=${property["enum"][0]}`;
    }
  }
  return Object.keys(option["properties"]).sort().join("+");
}
