import { splitWords } from "./split-words.ts";
import { wrongType } from "./starlark/bind-arguments.ts";
import { StarlarkError } from "./starlark/starlark-error.ts";
import { typeName, type Value } from "./starlark/value.ts";

/** A command's words. */
export type Example = readonly string[];

/** The `match` and `not_match` of a rule: command lines, or lists of words. */
export function readExamples(parameter: string, examples: Value): Example[] {
  if (examples === null) return [];
  if (typeof examples !== "object" || examples.kind !== "list") throw wrongType(parameter, "list", examples);
  return examples.items.map(readExample);
}

function readExample(example: Value): Example {
  if (typeof example === "string") return readLine(example);
  if (typeof example !== "object" || example?.kind !== "list") {
    throw problem(`example must be a string or list of strings (got ${typeName(example)})`);
  }
  if (example.items.length === 0) throw problem("example cannot be an empty list");
  return example.items.map((word) => {
    if (typeof word === "string") return word;
    throw problem(`example tokens must be strings (got ${typeName(word)})`);
  });
}

function readLine(line: string): Example {
  const words = splitWords(line);
  if (words === undefined) throw problem("example string has invalid shell syntax");
  if (words.length === 0) throw problem("example cannot be an empty string");
  return words;
}

const problem = (why: string): StarlarkError => new StarlarkError(`invalid example: ${why}`);
