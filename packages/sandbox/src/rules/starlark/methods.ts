import { bindArguments, wrongType } from "./bind-arguments.ts";
import type { Meter } from "./meter.ts";
import { StarlarkError } from "./starlark-error.ts";
import {
  itemsOf,
  keyOf,
  list,
  str,
  tuple,
  typeName,
  type Arguments,
  type Callable,
  type Dict,
  type List,
  type Value,
} from "./value.ts";

/** `value.name`, a function; undefined where the type has none of that name. */
export function methodOf(value: Value, name: string, meter: Meter): Callable | undefined {
  const call = callOf(value, name, meter);
  return call === undefined ? undefined : { kind: "function", name, call };
}

type Call = (args: Arguments) => Value;

function callOf(value: Value, name: string, meter: Meter): Call | undefined {
  if (typeof value === "string") {
    const method = stringMethods.get(name);
    return method && ((args) => method(value, args, meter));
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (value.kind === "list") {
    const method = listMethods.get(name);
    return method && ((args) => method(value, args, meter));
  }
  const method = value.kind === "dict" ? dictMethods.get(name) : undefined;
  return method && value.kind === "dict" ? (args) => method(value, args) : undefined;
}

/** Arguments that must be strings, `undefined` where one that may be left out is. */
function texts(name: string, parameters: readonly string[], args: Arguments): (string | undefined)[] {
  const bound = bindArguments(name, parameters, args);
  return parameters.map((parameter) => {
    const plain = parameter.replace("?", "");
    const value = bound.get(plain);
    if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
    throw wrongType(plain, "str", value);
  });
}

const trim = (text: string, chars: string | undefined, ends: "both" | "start" | "end"): string => {
  const drop = (char: string | undefined) =>
    char !== undefined && (chars === undefined ? /\s/.test(char) : chars.includes(char));
  let [from, to] = [0, text.length];
  if (ends !== "end") while (from < to && drop(text[from])) from += 1;
  if (ends !== "start") while (to > from && drop(text[to - 1])) to -= 1;
  return text.slice(from, to);
};

const stringMethods = new Map<string, (text: string, args: Arguments, meter: Meter) => Value>([
  ["upper", (text) => text.toUpperCase()],
  ["lower", (text) => text.toLowerCase()],
  ["strip", (text, args) => trim(text, texts("strip", ["chars?"], args)[0], "both")],
  ["lstrip", (text, args) => trim(text, texts("lstrip", ["chars?"], args)[0], "start")],
  ["rstrip", (text, args) => trim(text, texts("rstrip", ["chars?"], args)[0], "end")],
  ["startswith", (text, args) => text.startsWith(texts("startswith", ["prefix"], args)[0] ?? "")],
  ["endswith", (text, args) => text.endsWith(texts("endswith", ["suffix"], args)[0] ?? "")],
  ["join", joinMethod],
  ["split", splitMethod],
  ["replace", replaceMethod],
  ["format", formatMethod],
]);

function joinMethod(text: string, args: Arguments, meter: Meter): string {
  const parts = itemsOf(bindArguments("join", ["to_join"], args).get("to_join") ?? null);
  for (const part of parts) {
    if (typeof part !== "string") throw new StarlarkError(`join: expected a string, got ${typeName(part)}`);
    meter.spend(part.length + text.length);
  }
  return parts.join(text);
}

function splitMethod(text: string, args: Arguments, meter: Meter): Value {
  const [separator] = texts("split", ["sep?"], args);
  if (separator === "") throw new StarlarkError("split: empty separator");
  meter.spend(text.length);
  return list(separator === undefined ? text.split(/\s+/).filter((part) => part !== "") : text.split(separator));
}

function replaceMethod(text: string, args: Arguments, meter: Meter): string {
  const [old = "", replacement = ""] = texts("replace", ["old", "new"], args);
  const replaced = text.length * Math.max(1, replacement.length);
  meter.spend(replaced);
  return text.replaceAll(old, () => replacement);
}

/** `{}`, `{0}` and `{name}`. */
function formatMethod(text: string, args: Arguments, meter: Meter): string {
  let next = 0;
  const filled = text.replaceAll(/\{\{|\}\}|\{(\w*)\}|[{}]/g, (whole, field: string | undefined) => {
    if (whole === "{{" || whole === "}}") return whole.slice(1);
    if (field === undefined) throw new StarlarkError(`format: lone \`${whole}\``);
    const isNumber = field === "" || /^\d+$/.test(field);
    const value = isNumber ? args.positional[field === "" ? next++ : Number(field)] : args.named.get(field);
    if (value === undefined) throw new StarlarkError(`format: no argument for \`${whole}\``);
    return str(value);
  });
  meter.spend(filled.length);
  return filled;
}

const listMethods = new Map<string, (of: List, args: Arguments, meter: Meter) => Value>([
  [
    "append",
    (of, args) => {
      of.items.push(bindArguments("append", ["el"], args).get("el") ?? null);
      return null;
    },
  ],
  [
    "extend",
    (of, args, meter) => {
      const more = itemsOf(bindArguments("extend", ["other"], args).get("other") ?? null);
      meter.spend(more.length);
      for (const item of more) of.items.push(item);
      return null;
    },
  ],
]);

const dictMethods = new Map<string, (of: Dict, args: Arguments) => Value>([
  ["keys", (of) => list(itemsOf(of).slice())],
  ["values", (of) => list([...of.entries.values()].map(([, value]) => value))],
  ["items", (of) => list([...of.entries.values()].map((entry) => tuple(entry)))],
  [
    "get",
    (of, args) => {
      const bound = bindArguments("get", ["key", "default?"], args);
      const entry = of.entries.get(keyOf(bound.get("key") ?? null));
      return entry === undefined ? (bound.get("default") ?? null) : entry[1];
    },
  ],
]);
