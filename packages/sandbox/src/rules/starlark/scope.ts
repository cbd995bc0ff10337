import { StarlarkError } from "./starlark-error.ts";
import type { Value } from "./value.ts";

/** The names a piece of a program sees. What is assigned in a function or a comprehension is its own. */
export type Scope = { get(name: string): Value; set(name: string, value: Value): void };

export function makeScope(outer: Scope | undefined, names: ReadonlyMap<string, Value> = new Map()): Scope {
  const own = new Map(names);
  return {
    get(name) {
      const value = own.get(name);
      if (value !== undefined) return value;
      if (outer === undefined) throw new StarlarkError(`Variable \`${name}\` not found`);
      return outer.get(name);
    },
    set: (name, value) => void own.set(name, value),
  };
}
