import { StarlarkError } from "./starlark-error.ts";

/** A value of the language. Integers are whole numbers that JavaScript holds exactly; there are no floats. */
export type Value = null | boolean | number | string | List | Tuple | Dict | Callable;

export type List = { readonly kind: "list"; readonly items: Value[] };
export type Tuple = { readonly kind: "tuple"; readonly items: readonly Value[] };
/** By `repr` of the key, which tells all keys apart that may be one. */
export type Dict = { readonly kind: "dict"; readonly entries: Map<string, readonly [Value, Value]> };
export type Callable = { readonly kind: "function"; readonly name: string; call(args: Arguments): Value };

/** What a function is called with. */
export type Arguments = { readonly positional: readonly Value[]; readonly named: ReadonlyMap<string, Value> };

export const list = (items: Value[]): List => ({ kind: "list", items });
export const tuple = (items: readonly Value[]): Tuple => ({ kind: "tuple", items });
export const dict = (entries: Dict["entries"] = new Map()): Dict => ({ kind: "dict", entries });

/** As `type()` names it. */
export function typeName(value: Value): string {
  if (value === null) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "int";
  return typeof value === "string" ? "string" : value.kind;
}

export function isTrue(value: Value): boolean {
  if (value === null || typeof value !== "object") return Boolean(value);
  if (value.kind === "dict") return value.entries.size > 0;
  return value.kind === "function" || value.items.length > 0;
}

/** As written in source. What is nested deeper than anybody writes is cut off, what is larger than anybody reads refused. */
export function repr(value: Value): string {
  return reprWithin(value, 0, { left: longestRepr });
}

const longestRepr = 100_000;
const deepestRepr = 50;

function reprWithin(value: Value, depth: number, budget: { left: number }): string {
  budget.left -= typeof value === "string" ? value.length : 1;
  if (budget.left < 0) throw new StarlarkError("the value is too large to be written out");
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (depth > deepestRepr) return "...";
  const inner = (item: Value): string => reprWithin(item, depth + 1, budget);
  const all = (values: readonly Value[]): string => values.map(inner).join(", ");
  switch (value.kind) {
    case "list":
      return `[${all(value.items)}]`;
    case "tuple":
      return value.items.length === 1 ? `(${all(value.items)},)` : `(${all(value.items)})`;
    case "dict":
      return `{${[...value.entries.values()].map(([key, item]) => `${inner(key)}: ${inner(item)}`).join(", ")}}`;
    case "function":
      return `<function ${value.name}>`;
  }
}

/** As `str()` gives it: a string is itself. */
export const str = (value: Value): string => (typeof value === "string" ? value : repr(value));

export function isEqual(a: Value, b: Value): boolean {
  if (a === b || a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  return a.kind !== "function" && a.kind === b.kind && repr(sorted(a)) === repr(sorted(b));
}

/** The order in which a dict was filled does not count when it is compared. */
const sorted = (value: Value): Value =>
  typeof value === "object" && value?.kind === "dict"
    ? dict(new Map([...value.entries].sort(([a], [b]) => (a < b ? -1 : 1))))
    : value;

/** The key under which a dict keeps something; lists, dicts and functions cannot be one. */
export function keyOf(key: Value): string {
  if (isHashable(key, 0)) return repr(key);
  throw new StarlarkError(`Value of type \`${typeName(key)}\` is not hashable`);
}

const isHashable = (key: Value, depth: number): boolean =>
  key === null ||
  typeof key !== "object" ||
  (key.kind === "tuple" && depth < 8 && key.items.every((item) => isHashable(item, depth + 1)));

/** What a loop goes over: a copy, so that the loop's body may change the list. */
export function itemsOf(value: Value): readonly Value[] {
  if (typeof value !== "object" || value === null || value.kind === "function") {
    throw new StarlarkError(`Operation \`(iter)\` not supported on type \`${typeName(value)}\``);
  }
  return value.kind === "dict" ? [...value.entries.values()].map(([key]) => key) : [...value.items];
}
