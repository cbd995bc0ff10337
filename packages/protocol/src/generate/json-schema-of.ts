import type { TSchema } from "@sinclair/typebox";
import type { JsonObject, JsonValue } from "../json.ts";
import { isOptional, isShown, listOf, propertiesOf, titleOf } from "./collect-surface.ts";

export type JsonPrinter = {
  readonly experimental: boolean;
  /** Where a named schema is found from the file that is being printed. */
  refTo(title: string): string;
};

/** One schema as draft 07, as the original prints it: what has a name is referred to, null is a type beside the others. */
export function jsonSchemaOf(schema: TSchema, printer: JsonPrinter): JsonObject {
  const title = schemaName(schema);
  if (title === undefined) return bodyOf(schema, printer);
  const reference = { $ref: printer.refTo(title) };
  if (schema["nullIsAbsent"]) return { anyOf: [reference, { type: "null" }] };
  const value = defaultOf(schema);
  return value === undefined || value === null ? reference : { allOf: [reference], default: value };
}

/** As `jsonSchemaOf`, but what the name stands for and not the reference. */
export function bodyOf(schema: TSchema, printer: JsonPrinter, owner = schemaName(schema)): JsonObject {
  const value = defaultOf(schema);
  if (schema["nullIsAbsent"]) return nullable(schema, shapeOf(schema, printer, owner));
  return { ...shapeOf(schema, printer, owner), ...(value === undefined || value === null ? {} : { default: value }) };
}

/** The original has one schema for two types of the same name and shape. */
export const schemaName = (schema: TSchema): string | undefined =>
  schema["namedIn"] === "types" ? undefined : titleOf(schema)?.replace(/^Core/, "");

const defaultOf = (schema: TSchema): JsonValue | undefined =>
  (schema["absent"] ?? schema["default"]) as JsonValue | undefined;

function shapeOf(schema: TSchema, printer: JsonPrinter, owner: string | undefined): JsonObject {
  if (schema["anyOf"]) return unionOf(schema, printer, owner);
  if (schema["allOf"]) return mergedOf(listOf(schema["allOf"]), printer, owner);
  if (schema["const"] !== undefined) return { type: typeof schema["const"], enum: [schema["const"]] };
  if (schema["enum"]) return { type: "string", enum: schema["enum"] };
  switch (schema["type"]) {
    case "array":
      return { type: "array", items: itemsOf(schema["items"], printer) };
    case "object":
      return soleVariantOf(objectOf(schema, printer), owner);
    case "undefined":
      return { type: "null" };
    case undefined:
      return {};
    default: {
      const { type, format, minimum, minLength } = schema;
      const known = format === "absolute-path" || format === "path" ? undefined : format;
      return given({ type, format: known, minimum, minLength });
    }
  }
}

const given = (fields: Record<string, unknown>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonObject;

/** What may be anything is `true`. */
function itemsOf(schema: TSchema, printer: JsonPrinter): JsonValue {
  const printed = jsonSchemaOf(schema, printer);
  return Object.keys(printed).length === 0 ? true : printed;
}

export const isAnything = (schema: TSchema): boolean =>
  schema["type"] === undefined && ["anyOf", "allOf", "enum", "const"].every((key) => schema[key] === undefined);

function unionOf(schema: TSchema, printer: JsonPrinter, owner: string | undefined): JsonObject {
  const all = listOf(schema["anyOf"]).filter((option) => isShown(option, printer.experimental));
  const options = all.filter((option) => option["type"] !== "null" && option["type"] !== "undefined");
  const takesNull = options.length < all.length;
  const [only] = options;
  if (only === undefined) return { type: "null" };
  if (options.length > 1) {
    const suffix: string | undefined = schema["suffix"] ?? owner;
    const printed = options.map((option) => variantOf(option, suffix, printer));
    const { properties } = schema["beside"] ? objectOf(schema["beside"], printer) : {};
    const anyOf = takesNull ? [...printed, { type: "null" }] : printed;
    return properties ? { properties, anyOf } : { anyOf };
  }
  if (!takesNull) return jsonSchemaOf(only, printer);
  const printed = jsonSchemaOf(only, printer);
  return nullable(only, printed);
}

function nullable(schema: TSchema, printed: JsonObject): JsonObject {
  if (isAnything(schema)) return {};
  return typeof printed["type"] === "string" && !printed["enum"]
    ? { ...printed, type: [printed["type"], "null"] }
    : { anyOf: [printed, { type: "null" }] };
}

/** Programs that make code of the schema name a variant by its title: its word, then the union's name. */
function variantOf(option: TSchema, owner: string | undefined, printer: JsonPrinter): JsonObject {
  if (owner === undefined || schemaName(option) !== undefined) return jsonSchemaOf(option, printer);
  const printed = bodyOf(option, printer, owner);
  if (literalOf(printed)) return named(printed, owner);
  const [key, ...others] = Object.keys((printed["properties"] as JsonObject | undefined) ?? {});
  return key !== undefined && others.length === 0 ? { ...printed, title: `${pascal(key)}${owner}` } : printed;
}

function named(printed: JsonObject, owner: string): JsonObject {
  const literal = literalOf(printed);
  if (!literal) return printed;
  const title = `${pascal(literal.word)}${owner}`;
  const properties = printed["properties"] as Record<string, JsonObject>;
  const tag = { ...properties[literal.name], title: `${title}${pascal(literal.name)}` };
  return { ...printed, title, properties: { ...properties, [literal.name]: tag } };
}

/** An object that has both a name and a literal is a union of which one variant is left. */
function soleVariantOf(printed: JsonObject, owner: string | undefined): JsonObject {
  return owner !== undefined && literalOf(printed) ? { anyOf: [named(printed, owner)] } : printed;
}

function literalOf(printed: JsonObject): { name: string; word: string } | undefined {
  for (const [name, property] of Object.entries(
    (printed["properties"] as Record<string, JsonObject> | undefined) ?? {},
  )) {
    const words = property["enum"];
    if (Array.isArray(words) && words.length === 1 && typeof words[0] === "string") return { name, word: words[0] };
  }
  return undefined;
}

/** `chatgpt_auth` and `chatgptAuth` → `ChatgptAuth`. */
const pascal = (word: string): string =>
  word.replaceAll(/(?:^|[_-])([a-z])/g, (_, letter: string) => letter.toUpperCase());

function objectOf(schema: TSchema, printer: JsonPrinter): JsonObject {
  if (schema["patternProperties"]) {
    const [of] = Object.values(schema["patternProperties"] as Record<string, TSchema>);
    return { type: "object", additionalProperties: of ? itemsOf(of, printer) : true };
  }
  const properties: Record<string, JsonValue> = {};
  const required: string[] = [];
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    if (!isShown(property, printer.experimental)) continue;
    properties[name] = itemsOf(property, printer);
    if (isRequired(property)) required.push(name);
  }
  const { additionalProperties } = schema;
  return given({
    type: "object",
    properties: Object.keys(properties).length > 0 ? properties : undefined,
    required: required.length > 0 ? required.sort() : undefined,
    additionalProperties,
  });
}

const isRequired = (property: TSchema): boolean => !isOptional(property) && property["absent"] === undefined;

/** The parts of an intersection are one object. */
function mergedOf(parts: readonly TSchema[], printer: JsonPrinter, owner: string | undefined): JsonObject {
  const printed = parts.map((part) => {
    const isPlain = part["anyOf"] === undefined && part["allOf"] === undefined;
    return isPlain ? objectOf(part, printer) : bodyOf(part, printer, owner);
  });
  const properties = Object.assign({}, ...printed.map((part) => part["properties"])) as JsonObject;
  const required = printed.flatMap((part) => listOfText(part["required"])).sort();
  return { type: "object", ...Object.assign({}, ...printed), properties, ...(required.length > 0 && { required }) };
}

const listOfText = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? (value as string[]) : []);
