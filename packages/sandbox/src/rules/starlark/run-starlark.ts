import { err, ok, type Result } from "@codex/protocol/result";
import { builtins } from "./builtins.ts";
import { assign, evaluate, makeFunction } from "./evaluate.ts";
import { startMeter, type Meter } from "./meter.ts";
import { operate } from "./operate.ts";
import { parseProgram } from "./parse-program.ts";
import { makeScope, type Scope } from "./scope.ts";
import { StarlarkError, type Span } from "./starlark-error.ts";
import type { Statement } from "./syntax.ts";
import { itemsOf, isTrue, type Callable, type Value } from "./value.ts";

/** Why a program could not be read or run, and where. */
export type StarlarkProblem = { readonly message: string; readonly at: Span };

/**
 * Runs a program of the Starlark subset that rules are written in, for what it does by calling `functions`. It cannot touch
 * the machine, and ends after a million steps. Source: the Starlark language specification.
 */
export function runStarlark(source: string, functions: readonly Callable[]): Result<void, StarlarkProblem> {
  const meter = startMeter();
  const known = [...builtins(meter), ...functions].map((each) => [each.name, each] as const);
  try {
    const scope = makeScope(makeScope(undefined, new Map<string, Value>(known)));
    const end = run(parseProgram(source), scope, meter);
    return end === undefined ? ok(undefined) : err({ message: misplaced(end), at: end.at });
  } catch (thrown) {
    if (thrown instanceof StarlarkError) return err({ message: thrown.message, at: thrown.at ?? nowhere });
    // Our own stack, or the longest string there can be: a program too large for us, never a reason to fall over.
    if (thrown instanceof RangeError) return err({ message: "the program is nested too deeply", at: nowhere });
    throw thrown;
  }
}

const nowhere: Span = { start: 0, end: 0 };

/** What ends a block before its last statement. */
type End = { readonly kind: "return" | "break" | "continue"; readonly value: Value; readonly at: Span };

const misplaced = ({ kind }: End): string =>
  kind === "return"
    ? "`return` cannot be used outside of a `def` function"
    : `\`${kind}\` cannot be used outside of a \`for\` loop`;

function run(statements: readonly Statement[], scope: Scope, meter: Meter): End | undefined {
  for (const statement of statements) {
    const end = runOne(statement, scope, meter);
    if (end !== undefined) return end;
  }
  return undefined;
}

function runOne(statement: Statement, scope: Scope, meter: Meter): End | undefined {
  meter.spend(1);
  switch (statement.kind) {
    case "pass":
      return undefined;
    case "break":
    case "continue":
      return { kind: statement.kind, value: null, at: statement };
    case "return": {
      const value = statement.value ? evaluate(statement.value, scope, meter) : null;
      return { kind: "return", value, at: statement };
    }
    case "expression":
      evaluate(statement.value, scope, meter);
      return undefined;
    case "assign":
      assign(statement.target, evaluate(statement.value, scope, meter), scope, meter);
      return undefined;
    case "update":
      update(statement, scope, meter);
      return undefined;
    case "if":
      return run(isTrue(evaluate(statement.test, scope, meter)) ? statement.body : statement.otherwise, scope, meter);
    case "for":
      return loop(statement, scope, meter);
    case "def":
      define(statement, scope, meter);
      return undefined;
  }
}

/** A list is extended in place, so that others who hold it see it. */
function update({ target, operator, value }: Extract<Statement, { kind: "update" }>, scope: Scope, meter: Meter): void {
  const before = evaluate(target, scope, meter);
  const more = evaluate(value, scope, meter);
  if (operator === "+" && typeof before === "object" && before?.kind === "list") {
    const items = itemsOf(more);
    meter.spend(items.length);
    for (const item of items) before.items.push(item);
  } else assign(target, operate(operator, before, more, meter), scope, meter);
}

function loop({ target, of, body }: Extract<Statement, { kind: "for" }>, scope: Scope, meter: Meter): End | undefined {
  for (const item of itemsOf(evaluate(of, scope, meter))) {
    assign(target, item, scope, meter);
    const end = run(body, scope, meter);
    if (end?.kind === "break") break;
    if (end?.kind === "return") return end;
  }
  return undefined;
}

function define({ name, parameters, body }: Extract<Statement, { kind: "def" }>, scope: Scope, meter: Meter): void {
  const called = makeFunction(name, parameters, scope, meter, (inner) => {
    const end = run(body, inner, meter);
    if (end !== undefined && end.kind !== "return") throw new StarlarkError(misplaced(end), end.at);
    return end?.value ?? null;
  });
  scope.set(name, called);
}
