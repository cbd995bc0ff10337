import { bindArguments } from "./bind-arguments.ts";
import { methodOf } from "./methods.ts";
import type { Meter } from "./meter.ts";
import { compare } from "./operate.ts";
import { StarlarkError } from "./starlark-error.ts";
import {
  dict,
  isTrue,
  itemsOf,
  keyOf,
  list,
  repr,
  str,
  tuple,
  typeName,
  type Arguments,
  type Callable,
  type Value,
} from "./value.ts";

/** The functions that every program has. */
export const builtins = (meter: Meter): Callable[] =>
  Object.entries(table).map(([name, run]) => ({ kind: "function", name, call: (args) => run(args, meter) }));

const one = (name: string, { positional, named }: Arguments): Value => {
  const [value] = positional;
  if (value !== undefined && positional.length === 1 && named.size === 0) return value;
  throw new StarlarkError(`${name} takes one argument`);
};

const table: Record<string, (args: Arguments, meter: Meter) => Value> = {
  len: (args) => lengthOf(one("len", args)),
  str: (args) => str(one("str", args)),
  repr: (args) => repr(one("repr", args)),
  type: (args) => typeName(one("type", args)),
  bool: (args) => isTrue(args.positional.length === 0 ? false : one("bool", args)),
  int: (args) => toInt(one("int", args)),
  chr: (args) => toCharacter(one("chr", args)),
  ord: (args) => toCode(one("ord", args)),
  any: (args) => itemsOf(one("any", args)).some(isTrue),
  all: (args) => itemsOf(one("all", args)).every(isTrue),
  list: (args) => list(args.positional.length === 0 ? [] : [...itemsOf(one("list", args))]),
  tuple: (args) => tuple(args.positional.length === 0 ? [] : itemsOf(one("tuple", args))),
  reversed: (args) => list(itemsOf(one("reversed", args)).toReversed()),
  min: (args, meter) => extreme("min", args, -1, meter),
  max: (args, meter) => extreme("max", args, 1, meter),
  hasattr: (args, meter) => hasAttribute(args, meter),
  dict: makeDict,
  range,
  enumerate,
  zip,
  sorted,
  fail({ positional }) {
    throw new StarlarkError(`fail: ${positional.map(str).join(" ")}`);
  },
};

function lengthOf(value: Value): number {
  if (typeof value === "string") return [...value].length;
  if (typeof value === "object" && value !== null && value.kind !== "function") {
    return value.kind === "dict" ? value.entries.size : value.items.length;
  }
  throw new StarlarkError(`Operation \`len()\` not supported on type \`${typeName(value)}\``);
}

function toInt(value: Value): number {
  const number = typeof value === "string" && /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number === "boolean") return number ? 1 : 0;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new StarlarkError(`Cannot make an integer of ${repr(value)}`);
}

function toCharacter(code: Value): string {
  if (typeof code === "number" && code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
  throw new StarlarkError(`There is no character ${repr(code)}`);
}

function toCode(text: Value): number {
  const code = typeof text === "string" && [...text].length === 1 ? text.codePointAt(0) : undefined;
  if (code !== undefined) return code;
  throw new StarlarkError(`ord: expected one character, got ${repr(text)}`);
}

function extreme(name: string, args: Arguments, sign: 1 | -1, meter: Meter): Value {
  const values = args.positional.length > 1 ? args.positional : itemsOf(one(name, args));
  const [first, ...rest] = values;
  if (first === undefined) throw new StarlarkError(`${name}: there is nothing to choose from`);
  return rest.reduce((best, value) => (compare(value, best, meter) * sign > 0 ? value : best), first);
}

function hasAttribute(args: Arguments, meter: Meter): boolean {
  const bound = bindArguments("hasattr", ["a", "attr"], args);
  return methodOf(bound.get("a") ?? null, str(bound.get("attr") ?? null), meter) !== undefined;
}

function makeDict({ positional, named }: Arguments): Value {
  const made = dict();
  const [of] = positional;
  const pairs =
    typeof of === "object" && of?.kind === "dict"
      ? [...of.entries.values()]
      : of === undefined
        ? []
        : itemsOf(of).map(pair);
  for (const [key, value] of [...pairs, ...named]) made.entries.set(keyOf(key), [key, value]);
  return made;
}

function pair(value: Value): readonly [Value, Value] {
  const [key, item, ...more] = itemsOf(value);
  if (key !== undefined && item !== undefined && more.length === 0) return [key, item];
  throw new StarlarkError("dict: expected pairs of a key and a value");
}

function range(args: Arguments, meter: Meter): Value {
  const bound = bindArguments("range", ["start", "stop?", "step?"], args);
  const number = (name: string): number | undefined => {
    const value = bound.get(name);
    return value === undefined ? undefined : toInt(value);
  };
  const stop = number("stop");
  const [from, to] = stop === undefined ? [0, number("start") ?? 0] : [number("start") ?? 0, stop];
  const step = number("step") ?? 1;
  if (step === 0) throw new StarlarkError("range: the step must not be 0");
  const length = Math.max(0, Math.ceil((to - from) / step));
  meter.spend(length);
  return list(Array.from({ length }, (_, at) => from + at * step));
}

function enumerate(args: Arguments, meter: Meter): Value {
  const bound = bindArguments("enumerate", ["it", "start?"], args);
  const items = itemsOf(bound.get("it") ?? null);
  const start = toInt(bound.get("start") ?? 0);
  meter.spend(items.length);
  return list(items.map((item, at) => tuple([start + at, item])));
}

function zip({ positional }: Arguments, meter: Meter): Value {
  const columns = positional.map(itemsOf);
  const length = columns.length === 0 ? 0 : columns.reduce((least, column) => Math.min(least, column.length), Infinity);
  meter.spend(length * columns.length);
  return list(Array.from({ length }, (_, at) => tuple(columns.map((column) => column[at] ?? null))));
}

function sorted(args: Arguments, meter: Meter): Value {
  const bound = bindArguments("sorted", ["x", "key?", "reverse?"], args);
  const items = itemsOf(bound.get("x") ?? null);
  const key = bound.get("key") ?? null;
  const keyed = items.map((item) => ({ item, key: key === null ? item : callValue(key, item) }));
  const sign = isTrue(bound.get("reverse") ?? false) ? -1 : 1;
  return list(keyed.sort((a, b) => sign * compare(a.key, b.key, meter)).map(({ item }) => item));
}

function callValue(callee: Value, argument: Value): Value {
  if (typeof callee === "object" && callee?.kind === "function") {
    return callee.call({ positional: [argument], named: new Map() });
  }
  throw new StarlarkError(`Operation \`call()\` not supported on type \`${typeName(callee)}\``);
}
