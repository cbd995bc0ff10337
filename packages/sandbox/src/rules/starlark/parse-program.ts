import { parseExpression, parseParameters, parseTargets, parseTuple } from "./parse-expression.ts";
import { StarlarkError } from "./starlark-error.ts";
import type { Expression, Operator, Statement } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";
import { tokenize } from "./tokenize.ts";

/** The statements of a program. Throws a StarlarkError with the place where it is none. */
export function parseProgram(source: string): Statement[] {
  const tokens = new TokenReader(tokenize(source));
  const statements: Statement[] = [];
  while (tokens.next.kind !== "end") statements.push(...parseStatement(tokens));
  return statements;
}

/** Several where `;` joins them on one line. */
function parseStatement(tokens: TokenReader): Statement[] {
  if (tokens.sees("if")) return [parseIf(tokens)];
  if (tokens.sees("for")) return [parseFor(tokens)];
  if (tokens.sees("def")) return [parseDef(tokens)];
  return parseLine(tokens);
}

function parseLine(tokens: TokenReader): Statement[] {
  const statements = [parseSimple(tokens)];
  while (tokens.skip(";") && tokens.next.kind !== "newline") statements.push(parseSimple(tokens));
  tokens.expectKind("newline", "new line");
  return statements;
}

function parseBlock(tokens: TokenReader): Statement[] {
  tokens.expect(":");
  if (tokens.next.kind !== "newline") return parseLine(tokens);
  tokens.take();
  tokens.expectKind("indent", "new indentation block");
  return tokens.deeper(() => {
    const statements: Statement[] = [];
    while (tokens.next.kind !== "dedent") statements.push(...parseStatement(tokens));
    tokens.take();
    return statements;
  });
}

/** Begins at `if` or `elif`. */
function parseIf(tokens: TokenReader): Statement {
  const { start } = tokens.take();
  const test = parseExpression(tokens);
  const body = parseBlock(tokens);
  const otherwise = tokens.sees("elif")
    ? [tokens.deeper(() => parseIf(tokens))]
    : tokens.skip("else")
      ? parseBlock(tokens)
      : [];
  return { kind: "if", test, body, otherwise, ...tokens.spanFrom(start) };
}

function parseFor(tokens: TokenReader): Statement {
  const { start } = tokens.expect("for");
  const target = parseTargets(tokens);
  tokens.expect("in");
  const of = parseTuple(tokens);
  return { kind: "for", target, of, body: parseBlock(tokens), ...tokens.spanFrom(start) };
}

function parseDef(tokens: TokenReader): Statement {
  const { start } = tokens.expect("def");
  const { text: name } = tokens.expectKind("name", "identifier");
  tokens.expect("(");
  const parameters = parseParameters(tokens, ")");
  return { kind: "def", name, parameters, body: parseBlock(tokens), ...tokens.spanFrom(start) };
}

const updates: Record<string, Operator> = { "+=": "+", "-=": "-", "*=": "*", "//=": "//", "%=": "%" };

function parseSimple(tokens: TokenReader): Statement {
  const { start } = tokens.next;
  const word = (["break", "continue", "pass"] as const).find((each) => tokens.skip(each));
  if (word !== undefined) return { kind: word, ...tokens.spanFrom(start) };
  if (tokens.skip("return")) {
    const isBare = tokens.next.kind === "newline" || tokens.sees(";");
    const value = isBare ? undefined : parseTuple(tokens);
    return { kind: "return", value, ...tokens.spanFrom(start) };
  }
  const target = parseTuple(tokens);
  if (tokens.skip("=")) {
    const value = parseTuple(tokens);
    return { kind: "assign", target: assignable(target), value, ...tokens.spanFrom(start) };
  }
  const operator = tokens.next.kind === "symbol" ? updates[tokens.next.text] : undefined;
  if (operator === undefined) return { kind: "expression", value: target, ...tokens.spanFrom(start) };
  tokens.take();
  const value = parseTuple(tokens);
  return { kind: "update", target: assignable(target), operator, value, ...tokens.spanFrom(start) };
}

function assignable(target: Expression): Expression {
  const isList = target.kind === "tuple" || target.kind === "list";
  if (isList) for (const item of target.items) assignable(item);
  if (isList || target.kind === "name" || target.kind === "index") return target;
  throw new StarlarkError("Parse error: cannot assign to this expression", target);
}
