import { StarlarkError, type Span } from "./starlark-error.ts";
import type { Token } from "./tokenize.ts";

/** A place in a list of tokens that only moves forward. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error("a list of tokens has an end");
    return token;
  }

  /** True, and not moved, where the next token is this keyword or symbol. */
  sees(text: string): boolean {
    const { kind, text: found } = this.next;
    return (kind === "keyword" || kind === "symbol") && found === text;
  }

  seesTwo(first: string, second: string): boolean {
    const following = this.#tokens[this.#at + 1];
    return this.sees(first) && following?.kind === "keyword" && following.text === second;
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  /** Moves over the keyword or symbol where it is the next one. */
  skip(text: string): boolean {
    const found = this.sees(text);
    if (found) this.#at += 1;
    return found;
  }

  expect(text: string): Token {
    if (!this.sees(text)) throw this.unexpected(`symbol '${text}'`);
    return this.take();
  }

  expectKind(kind: Token["kind"], called: string): Token {
    if (this.next.kind !== kind) throw this.unexpected(called);
    return this.take();
  }

  unexpected(wanted: string): StarlarkError {
    const token = this.next;
    return new StarlarkError(`Parse error: unexpected ${called(token)}, expected ${wanted}`, token);
  }

  /** Runs `read` one level deeper: what is nested without end must not exhaust our own stack. */
  deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest) throw new StarlarkError("Parse error: nested too deeply", this.next);
    const value = read();
    this.#depth -= 1;
    return value;
  }

  spanFrom(start: number): Span {
    const last = this.#tokens[this.#at - 1];
    return { start, end: last?.end ?? start };
  }
}

const deepest = 100;

function called({ kind, text }: Token): string {
  switch (kind) {
    case "newline":
      return "new line";
    case "end":
      return "end of file";
    case "indent":
      return "new indentation block";
    case "dedent":
      return "end of indentation block";
    case "name":
      return `identifier '${text}'`;
    case "string":
    case "format":
      return `string literal ${JSON.stringify(text)}`;
    case "int":
      return `integer literal ${text}`;
    case "keyword":
      return `keyword '${text}'`;
    case "symbol":
      return `symbol '${text}'`;
  }
}
