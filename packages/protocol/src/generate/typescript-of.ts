import type { TSchema } from "@sinclair/typebox";
import { isOptional, isShown, listOf, propertiesOf, titleOf } from "./collect-surface.ts";

export type TypePrinter = {
  readonly experimental: boolean;
  /** The name of a schema that has a file of its own; called for each that is met. */
  nameOf(schema: TSchema, title: string): string;
};

/** One schema as a TypeScript type; what has a name is called by it. */
export function typeScriptOf(schema: TSchema, printer: TypePrinter): string {
  const title = typeName(schema);
  return title === undefined ? typeBodyOf(schema, printer) : printer.nameOf(schema, title);
}

export const typeName = (schema: TSchema): string | undefined =>
  schema["namedIn"] === "schemas" ? undefined : titleOf(schema);

/** As `typeScriptOf`, but what the name stands for. */
export function typeBodyOf(schema: TSchema, printer: TypePrinter): string {
  if (titleOf(schema) === "JsonValue") return jsonValue;
  if (schema["anyOf"]) return unionOf(schema, printer);
  if (schema["allOf"]) {
    const parts = listOf(schema["allOf"]).map((part) => inParts(typeScriptOf(part, printer)));
    return parts.join(" & ");
  }
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  if (schema["enum"]) return (schema["enum"] as unknown[]).map((word) => JSON.stringify(word)).join(" | ");
  switch (schema["type"]) {
    case "integer":
    case "number":
      return schema["bigint"] ? "bigint" : "number";
    case "array":
      return `Array<${typeScriptOf(schema["items"], printer)}>`;
    case "object":
      return objectOf(schema, printer);
    case undefined:
      return "unknown";
    default:
      return String(schema["type"]);
  }
}

const jsonValue = "number | string | boolean | Array<JsonValue> | { [key in string]?: JsonValue } | null";

const inParts = (type: string): string => (type.includes(" | ") ? `(${type})` : type);

function unionOf(schema: TSchema, printer: TypePrinter): string {
  const options = listOf(schema["anyOf"]).filter((option) => isShown(option, printer.experimental));
  return options.map((option) => typeScriptOf(option, printer)).join(" | ");
}

function objectOf(schema: TSchema, printer: TypePrinter): string {
  if (schema["patternProperties"]) {
    const [of] = Object.values(schema["patternProperties"] as Record<string, TSchema>);
    return `{ [key in string]?: ${of ? typeScriptOf(of, printer) : "unknown"} }`;
  }
  const fields = Object.entries(propertiesOf(schema))
    .filter(([, property]) => isShown(property, printer.experimental))
    .map(([name, property]) => {
      const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
      return `${key}${isLeftOut(property) ? "?" : ""}: ${typeScriptOf(property, printer)}`;
    });
  return fields.length > 0 ? `{ ${fields.join("; ")} }` : "Record<string, never>";
}

/** What a reader fills in is always written. */
const isLeftOut = (property: TSchema): boolean => isOptional(property) && property["absent"] === undefined;
