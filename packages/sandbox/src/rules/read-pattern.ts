import { wrongType } from "./starlark/bind-arguments.ts";
import { StarlarkError } from "./starlark/starlark-error.ts";
import { typeName, type Value } from "./starlark/value.ts";

/** A rule's `pattern`: for each place the words that may stand there. */
export function readPattern(pattern: Value): readonly (readonly string[])[] {
  if (typeof pattern !== "object" || pattern?.kind !== "list") throw wrongType("pattern", "list", pattern);
  if (pattern.items.length === 0) throw problem("pattern cannot be empty");
  return pattern.items.map(readElement);
}

function readElement(element: Value): readonly string[] {
  if (typeof element === "string") return [element];
  if (typeof element !== "object" || element?.kind !== "list") {
    throw problem(`pattern element must be a string or list of strings (got ${typeName(element)})`);
  }
  if (element.items.length === 0) throw problem("pattern alternatives cannot be empty");
  return element.items.map((word) => {
    if (typeof word === "string") return word;
    throw problem(`pattern alternative must be a string (got ${typeName(word)})`);
  });
}

const problem = (why: string): StarlarkError => new StarlarkError(`invalid pattern element: ${why}`);
