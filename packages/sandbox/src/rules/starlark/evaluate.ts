import { methodOf } from "./methods.ts";
import type { Meter } from "./meter.ts";
import { isSequence, operate, unsupported } from "./operate.ts";
import { makeScope, type Scope } from "./scope.ts";
import { StarlarkError } from "./starlark-error.ts";
import type { Argument, Clause, Entry, Expression, Parameter } from "./syntax.ts";
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
  type Dict,
  type Value,
} from "./value.ts";

/** The value of an expression. Throws a StarlarkError that names the innermost place. */
export function evaluate(expression: Expression, scope: Scope, meter: Meter): Value {
  meter.spend(1);
  try {
    return valueOf(expression, scope, meter);
  } catch (thrown) {
    throw thrown instanceof StarlarkError && thrown.at === undefined
      ? new StarlarkError(thrown.message, expression)
      : thrown;
  }
}

function valueOf(expression: Expression, scope: Scope, meter: Meter): Value {
  const value = (of: Expression): Value => evaluate(of, scope, meter);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "format":
      return formatted(
        expression.parts.map((part) => (typeof part === "string" ? part : str(value(part)))),
        meter,
      );
    case "name":
      return scope.get(expression.name);
    case "list":
      return list(expression.items.map(value));
    case "tuple":
      return tuple(expression.items.map(value));
    case "dict":
      return newDict(expression.entries, scope, meter);
    case "listComprehension":
      return list(comprehend(expression.clauses, scope, meter, (inner) => evaluate(expression.item, inner, meter)));
    case "dictComprehension":
      return comprehendDict(expression, scope, meter);
    case "not":
      return !isTrue(value(expression.of));
    case "negative":
      return operate("-", 0, value(expression.of), meter);
    case "positive":
      return operate("+", 0, value(expression.of), meter);
    case "and": {
      const left = value(expression.left);
      return isTrue(left) ? value(expression.right) : left;
    }
    case "or": {
      const left = value(expression.left);
      return isTrue(left) ? left : value(expression.right);
    }
    case "binary":
      return operate(expression.operator, value(expression.left), value(expression.right), meter);
    case "choice":
      return isTrue(value(expression.test)) ? value(expression.chosen) : value(expression.otherwise);
    case "index":
      return elementOf(value(expression.of), value(expression.index));
    case "slice":
      return sliceOf(
        value(expression.of),
        expression.bounds.map((bound) => (bound ? value(bound) : null)),
        meter,
      );
    case "attribute":
      return attributeOf(value(expression.of), expression.name, meter);
    case "call":
      return callValue(value(expression.callee), argumentsOf(expression.args, scope, meter));
    case "lambda": {
      const { parameters, body } = expression;
      return makeFunction("lambda", parameters, scope, meter, (inner) => evaluate(body, inner, meter));
    }
  }
}

function formatted(parts: readonly string[], meter: Meter): string {
  meter.spend(parts.reduce((length, part) => length + part.length, 0));
  return parts.join("");
}

function newDict(entries: readonly Entry[], scope: Scope, meter: Meter): Dict {
  const made = dict();
  for (const entry of entries) {
    const key = evaluate(entry.key, scope, meter);
    if (made.entries.has(keyOf(key))) throw new StarlarkError(`Dictionary key repeated for \`${repr(key)}\``);
    made.entries.set(keyOf(key), [key, evaluate(entry.value, scope, meter)]);
  }
  return made;
}

function comprehend<T>(clauses: readonly Clause[], outer: Scope, meter: Meter, make: (scope: Scope) => T): T[] {
  const found: T[] = [];
  const walk = (at: number, scope: Scope): void => {
    const clause = clauses[at];
    if (clause === undefined) found.push(make(scope));
    else if (clause.kind === "if") {
      if (isTrue(evaluate(clause.test, scope, meter))) walk(at + 1, scope);
    } else {
      for (const item of itemsOf(evaluate(clause.of, scope, meter))) {
        const inner = makeScope(scope);
        assign(clause.target, item, inner, meter);
        walk(at + 1, inner);
      }
    }
  };
  walk(0, outer);
  return found;
}

function comprehendDict(
  { entry, clauses }: { readonly entry: Entry; readonly clauses: readonly Clause[] },
  scope: Scope,
  meter: Meter,
): Dict {
  const made = dict();
  comprehend(clauses, scope, meter, (inner) => {
    const key = evaluate(entry.key, inner, meter);
    made.entries.set(keyOf(key), [key, evaluate(entry.value, inner, meter)]);
  });
  return made;
}

function elementOf(of: Value, index: Value): Value {
  if (typeof of === "object" && of?.kind === "dict") {
    const entry = of.entries.get(keyOf(index));
    if (entry === undefined) throw new StarlarkError(`Key \`${repr(index)}\` was not found`);
    return entry[1];
  }
  const items: ArrayLike<Value> | undefined = typeof of === "string" ? of : isSequence(of) ? of.items : undefined;
  if (items === undefined || typeof index !== "number") throw unsupported("[]", of, index);
  const item = items[index < 0 ? index + items.length : index];
  if (item === undefined) throw new StarlarkError(`Index \`${index}\` is out of bound`);
  return item;
}

/** Bounds count from the end where they are negative, and are cut to what there is. */
function sliceOf(of: Value, [from = null, to = null, by = null]: readonly Value[], meter: Meter): Value {
  const items = typeof of === "string" ? [...of] : isSequence(of) ? of.items : undefined;
  if (items === undefined) throw unsupported("[]", of, from);
  const step = boundOf(by) ?? 1;
  if (step === 0) throw new StarlarkError("The step of a slice must not be 0");
  const [least, most] = step > 0 ? [0, items.length] : [-1, items.length - 1];
  const place = (bound: Value, otherwise: number): number => {
    const at = boundOf(bound);
    if (at === undefined) return otherwise;
    return Math.min(most, Math.max(least, at < 0 ? at + items.length : at));
  };
  const [start, stop] = step > 0 ? [place(from, least), place(to, most)] : [place(from, most), place(to, least)];
  const taken: Value[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) taken.push(items[at] ?? null);
  meter.spend(taken.length);
  if (typeof of === "string") return taken.map(str).join("");
  return isSequence(of) && of.kind === "tuple" ? tuple(taken) : list(taken);
}

function boundOf(bound: Value): number | undefined {
  if (bound === null) return undefined;
  if (typeof bound === "number") return bound;
  throw new StarlarkError(`A bound of a slice must be an integer, not ${typeName(bound)}`);
}

function attributeOf(of: Value, name: string, meter: Meter): Value {
  const method = methodOf(of, name, meter);
  if (method !== undefined) return method;
  throw new StarlarkError(`Object of type \`${typeName(of)}\` has no attribute \`${name}\``);
}

function argumentsOf(args: readonly Argument[], scope: Scope, meter: Meter): Arguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  const name = (key: string, value: Value): void => {
    if (named.has(key)) throw new StarlarkError(`Argument \`${key}\` occurs more than once`);
    named.set(key, value);
  };
  for (const { kind, name: key, value } of args) {
    const given = evaluate(value, scope, meter);
    if (kind === "positional") positional.push(given);
    else if (kind === "named") name(key, given);
    else if (kind === "spread") for (const item of itemsOf(given)) positional.push(item);
    else for (const [each, item] of spreadEntries(given)) name(each, item);
  }
  return { positional, named };
}

function spreadEntries(value: Value): (readonly [string, Value])[] {
  if (typeof value !== "object" || value?.kind !== "dict") throw new StarlarkError("`**` must be followed by a dict");
  return [...value.entries.values()].map(([key, item]) => [str(key), item]);
}

function callValue(callee: Value, args: Arguments): Value {
  if (typeof callee === "object" && callee?.kind === "function") return callee.call(args);
  throw new StarlarkError(`Operation \`call()\` not supported on type \`${typeName(callee)}\``);
}

/** A function of the program; what its parameters fall back to is evaluated here, once. */
export function makeFunction(
  name: string,
  parameters: readonly Parameter[],
  outer: Scope,
  meter: Meter,
  run: (scope: Scope) => Value,
): Callable {
  const fallbacks = parameters.map(({ fallback }) => fallback && evaluate(fallback, outer, meter));
  return {
    kind: "function",
    name,
    call: (args) => meter.deeper(() => run(makeScope(outer, bindParameters(name, parameters, fallbacks, args)))),
  };
}

function bindParameters(
  called: string,
  parameters: readonly Parameter[],
  fallbacks: readonly (Value | undefined)[],
  args: Arguments,
): Map<string, Value> {
  const bound = new Map<string, Value>();
  const positional = [...args.positional];
  const named = new Map(args.named);
  for (const [at, { kind, name }] of parameters.entries()) {
    if (kind === "rest") bound.set(name, tuple(positional.splice(0)));
    if (kind === "restNamed") {
      bound.set(name, dict(new Map([...named].map(([key, value]) => [keyOf(key), [key, value]]))));
      named.clear();
    }
    if (kind !== "plain") continue;
    // None is a value, so an absence is not told by it.
    const given = positional.length > 0 ? positional.shift() : takeNamed(named, name);
    const value = given === undefined ? fallbacks[at] : given;
    if (value === undefined) throw new StarlarkError(`Missing parameter \`${name}\` for call to \`${called}\``);
    bound.set(name, value);
  }
  if (positional.length > 0) {
    throw new StarlarkError(`Found ${positional.length} extra positional argument(s) for call to ${called}`);
  }
  for (const name of named.keys())
    throw new StarlarkError(`Found \`${name}\` extra named parameter(s) for call to ${called}`);
  return bound;
}

function takeNamed(named: Map<string, Value>, name: string): Value | undefined {
  const value = named.get(name);
  named.delete(name);
  return value;
}

/** Binds names, or sets an element; a list of targets takes a value apart. */
export function assign(target: Expression, value: Value, scope: Scope, meter: Meter): void {
  switch (target.kind) {
    case "name":
      return scope.set(target.name, value);
    case "index":
      return assignElement(evaluate(target.of, scope, meter), evaluate(target.index, scope, meter), value);
    case "list":
    case "tuple": {
      const items = itemsOf(value);
      if (items.length !== target.items.length) {
        throw new StarlarkError(`Cannot assign ${items.length} values to ${target.items.length} names`, target);
      }
      for (const [at, each] of target.items.entries()) assign(each, items[at] ?? null, scope, meter);
      return undefined;
    }
    default:
      throw new StarlarkError("Cannot assign to this expression", target);
  }
}

function assignElement(of: Value, index: Value, value: Value): void {
  if (typeof of === "object" && of?.kind === "dict") of.entries.set(keyOf(index), [index, value]);
  else if (typeof of === "object" && of?.kind === "list" && typeof index === "number") {
    elementOf(of, index);
    of.items[index < 0 ? index + of.items.length : index] = value;
  } else throw unsupported("[]=", of, index);
}
