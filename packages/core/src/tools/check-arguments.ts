import type { Static, TSchema } from "@sinclair/typebox";
import { Errors } from "@sinclair/typebox/errors";
import { Check, Clean } from "@sinclair/typebox/value";
import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";

/**
 * Checks a call's arguments. The sentences are those models have learned from the original (0.169.0): a missing field is
 * named with the place where the text ended, a wrong type with what was expected.
 */
export function checkArguments<S extends TSchema>(schema: S, value: unknown, text: string): Result<Static<S>, string> {
  if (value === undefined) return err(syntaxProblem(text));
  // A field that no tool knows does no harm, as in the original; the tool does not see it.
  const args = isObject(value) ? Clean(schema, withoutNulls(value)) : value;
  if (Check(schema, args)) return ok(args);
  const missing = isObject(args) ? requiredNames(schema).find((name) => !(name in args)) : undefined;
  if (missing !== undefined) return err(`missing field \`${missing}\` at ${end(text)}`);
  const first = Errors(schema, args).First();
  if (!first) return err("invalid arguments");
  const where = first.path === "" ? "" : ` at ${first.path.slice(1).replaceAll("/", ".")}`;
  return err(`${lowerFirst(first.message)}${where}, got ${JSON.stringify(first.value)?.slice(0, 80) ?? "nothing"}`);
}

/** Models write null for an optional argument that they leave out. */
const withoutNulls = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));

const requiredNames = (schema: TSchema): string[] => {
  const required: unknown = schema["required"];
  return Array.isArray(required) ? required.map(String) : [];
};

function syntaxProblem(text: string): string {
  try {
    JSON.parse(text);
    return "invalid arguments";
  } catch (error) {
    const cut = text.trim() === "" || /Unexpected EOF|end of/i.test(String(error));
    if (cut) return `EOF while parsing a value at ${end(text)}`;
    return error instanceof Error ? error.message.replace(/^JSON Parse error: /, "") : "no JSON";
  }
}

/** `line 1 column 15`: the end of the text, lines and columns counted from 1. */
function end(text: string): string {
  const lines = text.split("\n");
  return `line ${lines.length} column ${lines.at(-1)?.length ?? 0}`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
