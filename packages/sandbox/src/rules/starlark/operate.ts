import type { Meter } from "./meter.ts";
import { StarlarkError } from "./starlark-error.ts";
import type { Operator } from "./syntax.ts";
import { isEqual, keyOf, list, repr, str, tuple, typeName, type List, type Tuple, type Value } from "./value.ts";

/** `left operator right`. */
export function operate(operator: Operator, left: Value, right: Value, meter: Meter): Value {
  switch (operator) {
    case "==":
      return isEqual(left, right);
    case "!=":
      return !isEqual(left, right);
    case "in":
      return contains(left, right);
    case "not in":
      return !contains(left, right);
    case "<":
      return compare(left, right, meter) < 0;
    case ">":
      return compare(left, right, meter) > 0;
    case "<=":
      return compare(left, right, meter) <= 0;
    case ">=":
      return compare(left, right, meter) >= 0;
    case "+":
      return add(left, right, meter);
    case "*":
      return multiply(left, right, meter);
    case "%":
      return typeof left === "string" ? fillIn(left, right, meter) : divide(operator, left, right);
    case "//":
      return divide(operator, left, right);
    case "-":
      return whole(numbers(operator, left, right, (a, b) => a - b));
  }
}

/** Below 0 where `left` comes first. Numbers, strings, booleans, and lists and tuples of them. */
export function compare(left: Value, right: Value, meter: Meter): number {
  meter.spend(1);
  if (typeof left === typeof right && typeof left !== "object") return left === right ? 0 : order(left, right);
  if (!isSequence(left) || !isSequence(right) || left.kind !== right.kind) throw unsupported("compare", left, right);
  for (const [at, item] of left.items.entries()) {
    const other = right.items[at];
    const found = other === undefined ? 1 : compare(item, other, meter);
    if (found !== 0) return found;
  }
  return left.items.length - right.items.length;
}

/** Two different values of one plain type. */
function order(left: Value, right: Value): number {
  if (typeof left === "string") return left < String(right) ? -1 : 1;
  return Number(left) < Number(right) ? -1 : 1;
}

export const isSequence = (value: Value): value is List | Tuple =>
  typeof value === "object" && (value?.kind === "list" || value?.kind === "tuple");

export const unsupported = (operation: string, left: Value, right: Value): StarlarkError =>
  new StarlarkError(
    `Operation \`${operation}\` not supported for types \`${typeName(left)}\` and \`${typeName(right)}\``,
  );

function contains(item: Value, container: Value): boolean {
  if (typeof container === "string" && typeof item === "string") return container.includes(item);
  if (isSequence(container)) return container.items.some((each) => isEqual(each, item));
  if (typeof container === "object" && container?.kind === "dict") return container.entries.has(keyOf(item));
  throw unsupported("in", item, container);
}

function add(left: Value, right: Value, meter: Meter): Value {
  if (typeof left === "string" && typeof right === "string") {
    meter.spend(left.length + right.length);
    return left + right;
  }
  if (isSequence(left) && isSequence(right) && left.kind === right.kind) {
    meter.spend(left.items.length + right.items.length);
    const items = [...left.items, ...right.items];
    return left.kind === "list" ? list(items) : tuple(items);
  }
  return whole(numbers("+", left, right, (a, b) => a + b));
}

function multiply(left: Value, right: Value, meter: Meter): Value {
  if (typeof left === "number" && typeof right !== "number") return multiply(right, left, meter);
  if (typeof right !== "number") throw unsupported("*", left, right);
  const times = Math.max(0, right);
  if (typeof left === "string") {
    meter.spend(left.length * times);
    return left.repeat(times);
  }
  if (!isSequence(left)) return whole(numbers("*", left, right, (a, b) => a * b));
  meter.spend(left.items.length * times);
  const items = Array.from({ length: times }, () => left.items).flat();
  return left.kind === "list" ? list(items) : tuple(items);
}

/** Rounds down, and the remainder has the divisor's sign. */
function divide(operator: "//" | "%", left: Value, right: Value): number {
  if (right === 0) {
    throw new StarlarkError(`${operator === "%" ? "Modulo" : "Floor division"} by zero: ${repr(left)} ${operator} 0`);
  }
  const quotient = numbers(operator, left, right, (a, b) => Math.floor(a / b));
  return operator === "//" ? quotient : numbers(operator, left, right, (a, b) => a - b * quotient);
}

function numbers(operator: Operator, left: Value, right: Value, use: (a: number, b: number) => number): number {
  if (typeof left === "number" && typeof right === "number") return use(left, right);
  throw unsupported(operator, left, right);
}

function whole(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new StarlarkError("Integer is too large");
}

/** `"%s and %d" % (a, b)`. */
function fillIn(template: string, right: Value, meter: Meter): string {
  const values = typeof right === "object" && right?.kind === "tuple" ? [...right.items] : [right];
  const filled = template.replaceAll(/%(.?)/gs, (_whole, kind: string) => {
    if (kind === "%") return "%";
    const value = values.shift();
    if (value === undefined) throw new StarlarkError("Not enough parameters in format string");
    return shown(kind, value);
  });
  if (values.length > 0) throw new StarlarkError("Too many arguments for format string");
  meter.spend(filled.length);
  return filled;
}

function shown(kind: string, value: Value): string {
  if (kind === "s") return str(value);
  if (kind === "r") return repr(value);
  if (kind === "d" && typeof value === "number") return String(value);
  throw new StarlarkError(`Format \`%${kind}\` is not supported for type \`${typeName(value)}\``);
}
