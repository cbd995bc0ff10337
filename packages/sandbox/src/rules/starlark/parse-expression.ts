import type { Argument, Clause, Expression, Operator, Parameter } from "./syntax.ts";
import { StarlarkError } from "./starlark-error.ts";
import { TokenReader } from "./token-reader.ts";
import { tokenize, type Token } from "./tokenize.ts";

/** One expression without commas outside of brackets. */
export const parseExpression = (tokens: TokenReader): Expression =>
  tokens.deeper(() => (tokens.sees("lambda") ? parseLambda(tokens) : parseChoice(tokens)));

/** One expression, or several with commas, which are a tuple. */
export function parseTuple(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  const first = parseExpression(tokens);
  if (!tokens.sees(",")) return first;
  const items = [first];
  while (tokens.skip(",") && beginsExpression(tokens)) items.push(parseExpression(tokens));
  return { kind: "tuple", items, ...tokens.spanFrom(start) };
}

/** What `for` assigns to: names, elements and lists of them. */
export function parseTargets(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  const items = [parsePostfix(tokens)];
  let isTuple = false;
  while (tokens.skip(",")) {
    isTuple = true;
    if (tokens.sees("in")) break;
    items.push(parsePostfix(tokens));
  }
  const [only] = items;
  return !isTuple && only !== undefined ? only : { kind: "tuple", items, ...tokens.spanFrom(start) };
}

export function parseParameters(tokens: TokenReader, closing: ")" | ":"): Parameter[] {
  const parameters: Parameter[] = [];
  while (!tokens.sees(closing)) {
    const kind = tokens.skip("**") ? "restNamed" : tokens.skip("*") ? "rest" : "plain";
    const name = tokens.expectKind("name", "identifier").text;
    const fallback = kind === "plain" && tokens.skip("=") ? parseExpression(tokens) : undefined;
    parameters.push({ kind, name, fallback });
    if (!tokens.skip(",")) break;
  }
  tokens.expect(closing);
  return parameters;
}

const beginsExpression = (tokens: TokenReader): boolean => {
  const { kind } = tokens.next;
  if (kind === "name" || kind === "int" || kind === "string" || kind === "format") return true;
  return ["(", "[", "{", "-", "+", "not", "lambda", "True", "False", "None"].some((text) => tokens.sees(text));
};

function parseLambda(tokens: TokenReader): Expression {
  const { start } = tokens.expect("lambda");
  const parameters = parseParameters(tokens, ":");
  const body = parseExpression(tokens);
  return { kind: "lambda", parameters, body, ...tokens.spanFrom(start) };
}

function parseChoice(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  const chosen = parseOr(tokens);
  if (!tokens.skip("if")) return chosen;
  const test = parseOr(tokens);
  tokens.expect("else");
  const otherwise = parseExpression(tokens);
  return { kind: "choice", test, chosen, otherwise, ...tokens.spanFrom(start) };
}

function parseOr(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  let left = parseAnd(tokens);
  while (tokens.skip("or")) left = { kind: "or", left, right: parseAnd(tokens), ...tokens.spanFrom(start) };
  return left;
}

function parseAnd(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  let left = parseNot(tokens);
  while (tokens.skip("and")) left = { kind: "and", left, right: parseNot(tokens), ...tokens.spanFrom(start) };
  return left;
}

function parseNot(tokens: TokenReader): Expression {
  if (!tokens.sees("not")) return parseComparison(tokens);
  const { start } = tokens.take();
  const of = tokens.deeper(() => parseNot(tokens));
  return { kind: "not", of, ...tokens.spanFrom(start) };
}

/** Comparisons do not chain: `a < b < c` is an error, as in the language. */
function parseComparison(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  const left = parseSum(tokens);
  const operator = takeComparison(tokens);
  if (operator === undefined) return left;
  return { kind: "binary", operator, left, right: parseSum(tokens), ...tokens.spanFrom(start) };
}

function takeComparison(tokens: TokenReader): Operator | undefined {
  if (tokens.seesTwo("not", "in")) {
    tokens.take();
    tokens.take();
    return "not in";
  }
  return (["==", "!=", "<=", ">=", "<", ">", "in"] as const).find((operator) => tokens.skip(operator));
}

const parseSum = (tokens: TokenReader): Expression => parseChain(tokens, ["+", "-"], parseProduct);
const parseProduct = (tokens: TokenReader): Expression => parseChain(tokens, ["*", "//", "%"], parseSign);

function parseChain(
  tokens: TokenReader,
  operators: readonly Operator[],
  parseOperand: (tokens: TokenReader) => Expression,
): Expression {
  const { start } = tokens.next;
  let left = parseOperand(tokens);
  for (;;) {
    const operator = operators.find((each) => tokens.skip(each));
    if (operator === undefined) return left;
    left = { kind: "binary", operator, left, right: parseOperand(tokens), ...tokens.spanFrom(start) };
  }
}

function parseSign(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  const kind = tokens.skip("-") ? "negative" : tokens.skip("+") ? "positive" : undefined;
  if (kind === undefined) return parsePostfix(tokens);
  const of = tokens.deeper(() => parseSign(tokens));
  return { kind, of, ...tokens.spanFrom(start) };
}

/** An operand with its calls, indices and attributes. */
function parsePostfix(tokens: TokenReader): Expression {
  const { start } = tokens.next;
  let of = parseOperand(tokens);
  for (;;) {
    if (tokens.skip("(")) {
      const args = parseArguments(tokens);
      of = { kind: "call", callee: of, args, ...tokens.spanFrom(start) };
    } else if (tokens.skip("[")) {
      const at = parseSubscript(of, tokens);
      tokens.expect("]");
      of = { ...at, ...tokens.spanFrom(start) };
    } else if (tokens.skip(".")) {
      const { text: name } = tokens.expectKind("name", "identifier");
      of = { kind: "attribute", of, name, ...tokens.spanFrom(start) };
    } else return of;
  }
}

function parseSubscript(of: Expression, tokens: TokenReader): Expression {
  const { start, end } = of;
  const bounds: (Expression | undefined)[] = [];
  for (;;) {
    bounds.push(tokens.sees(":") || tokens.sees("]") ? undefined : parseTuple(tokens));
    if (bounds.length === 3 || !tokens.skip(":")) break;
  }
  const [index] = bounds;
  if (bounds.length > 1) return { kind: "slice", of, bounds, start, end };
  if (index === undefined) throw tokens.unexpected("expression");
  return { kind: "index", of, index, start, end };
}

function parseArguments(tokens: TokenReader): Argument[] {
  const args: Argument[] = [];
  while (!tokens.sees(")")) {
    args.push(parseArgument(tokens));
    if (!tokens.skip(",")) break;
  }
  tokens.expect(")");
  return args;
}

function parseArgument(tokens: TokenReader): Argument {
  if (tokens.skip("**")) return { kind: "spreadNamed", name: "", value: parseExpression(tokens) };
  if (tokens.skip("*")) return { kind: "spread", name: "", value: parseExpression(tokens) };
  const value = parseExpression(tokens);
  if (value.kind !== "name" || !tokens.skip("=")) return { kind: "positional", name: "", value };
  return { kind: "named", name: value.name, value: parseExpression(tokens) };
}

function parseOperand(tokens: TokenReader): Expression {
  const token = tokens.next;
  switch (token.kind) {
    case "name":
      tokens.take();
      return { kind: "name", name: token.text, start: token.start, end: token.end };
    case "int":
      return literal(tokens.take(), wholeNumber(token));
    case "string":
      return literal(tokens.take(), token.text);
    case "format":
      return parseFormat(tokens.take());
    default:
      return parseConstant(tokens) ?? parseBracket(tokens);
  }
}

const literal = ({ start, end }: Token, value: string | number | boolean | null): Expression => ({
  kind: "literal",
  value,
  start,
  end,
});

function wholeNumber(token: Token): number {
  const value = Number(token.text);
  if (Number.isSafeInteger(value)) return value;
  throw new StarlarkError(`Integer ${token.text} is too large`, token);
}

const constants = new Map<string, boolean | null>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

function parseConstant(tokens: TokenReader): Expression | undefined {
  const value = tokens.next.kind === "keyword" ? constants.get(tokens.next.text) : undefined;
  return value === undefined ? undefined : literal(tokens.take(), value);
}

function parseBracket(tokens: TokenReader): Expression {
  if (tokens.sees("(")) return tokens.deeper(() => parseParentheses(tokens));
  if (tokens.sees("[")) return tokens.deeper(() => parseList(tokens));
  if (tokens.sees("{")) return tokens.deeper(() => parseDict(tokens));
  throw tokens.unexpected("expression");
}

function parseParentheses(tokens: TokenReader): Expression {
  const { start } = tokens.expect("(");
  if (tokens.skip(")")) return { kind: "tuple", items: [], ...tokens.spanFrom(start) };
  const inner = parseTuple(tokens);
  tokens.expect(")");
  return { ...inner, ...tokens.spanFrom(start) };
}

function parseList(tokens: TokenReader): Expression {
  const { start } = tokens.expect("[");
  const items: Expression[] = [];
  while (!tokens.sees("]")) {
    const item = parseExpression(tokens);
    if (items.length === 0 && tokens.sees("for")) {
      const clauses = parseClauses(tokens, "]");
      return { kind: "listComprehension", item, clauses, ...tokens.spanFrom(start) };
    }
    items.push(item);
    if (!tokens.skip(",")) break;
  }
  tokens.expect("]");
  return { kind: "list", items, ...tokens.spanFrom(start) };
}

function parseDict(tokens: TokenReader): Expression {
  const { start } = tokens.expect("{");
  const entries: { key: Expression; value: Expression }[] = [];
  while (!tokens.sees("}")) {
    const key = parseExpression(tokens);
    tokens.expect(":");
    const entry = { key, value: parseExpression(tokens) };
    if (entries.length === 0 && tokens.sees("for")) {
      const clauses = parseClauses(tokens, "}");
      return { kind: "dictComprehension", entry, clauses, ...tokens.spanFrom(start) };
    }
    entries.push(entry);
    if (!tokens.skip(",")) break;
  }
  tokens.expect("}");
  return { kind: "dict", entries, ...tokens.spanFrom(start) };
}

function parseClauses(tokens: TokenReader, closing: "]" | "}"): Clause[] {
  const clauses: Clause[] = [];
  while (!tokens.sees(closing)) {
    if (tokens.skip("if")) {
      clauses.push({ kind: "if", test: parseOr(tokens) });
      continue;
    }
    tokens.expect("for");
    const target = parseTargets(tokens);
    tokens.expect("in");
    clauses.push({ kind: "for", target, of: parseOr(tokens) });
  }
  tokens.expect(closing);
  return clauses;
}

/** The texts of an f-string and the expressions between them; `{{` and `}}` are braces. */
function parseFormat(token: Token): Expression {
  const { start, end, text } = token;
  const parts: (string | Expression)[] = [];
  for (const [whole, brace, inner, plain] of text.matchAll(/(\{\{|\}\})|\{([^{}]*)\}|([^{}]+|[{}])/g)) {
    if (brace !== undefined) parts.push(brace.slice(1));
    else if (inner !== undefined) parts.push(parseInner(inner, token));
    else if (plain === "{" || plain === "}")
      throw new StarlarkError(`Parse error: lone \`${whole}\` in f-string`, token);
    else parts.push(whole);
  }
  return { kind: "format", parts, start, end };
}

/** Errors in it are shown at the start of the string: what its escapes made of it has no place of its own. */
function parseInner(source: string, { start, end }: Token): Expression {
  const tokens = new TokenReader(tokenize(source.trim()).map((token) => ({ ...token, start, end })));
  const inner = parseTuple(tokens);
  if (tokens.next.kind !== "newline")
    throw new StarlarkError("Parse error: invalid expression in f-string", { start, end });
  return { ...inner, start, end };
}
