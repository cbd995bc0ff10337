import type { Span } from "./starlark-error.ts";

/** What an expression is; each knows its place in the source. */
export type Expression = Span &
  (
    | { readonly kind: "literal"; readonly value: string | number | boolean | null }
    | { readonly kind: "format"; readonly parts: readonly (string | Expression)[] }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "list" | "tuple"; readonly items: readonly Expression[] }
    | { readonly kind: "dict"; readonly entries: readonly Entry[] }
    | { readonly kind: "listComprehension"; readonly item: Expression; readonly clauses: readonly Clause[] }
    | { readonly kind: "dictComprehension"; readonly entry: Entry; readonly clauses: readonly Clause[] }
    | { readonly kind: "not" | "negative" | "positive"; readonly of: Expression }
    | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
    | { readonly kind: "binary"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
    | {
        readonly kind: "choice";
        readonly test: Expression;
        readonly chosen: Expression;
        readonly otherwise: Expression;
      }
    | { readonly kind: "index"; readonly of: Expression; readonly index: Expression }
    | { readonly kind: "slice"; readonly of: Expression; readonly bounds: readonly (Expression | undefined)[] }
    | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
    | { readonly kind: "call"; readonly callee: Expression; readonly args: readonly Argument[] }
    | { readonly kind: "lambda"; readonly parameters: readonly Parameter[]; readonly body: Expression }
  );

export type Operator = "+" | "-" | "*" | "//" | "%" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "in" | "not in";

export type Entry = { readonly key: Expression; readonly value: Expression };

/** `for target in of`, or `if test`, of a comprehension. */
export type Clause =
  | { readonly kind: "for"; readonly target: Expression; readonly of: Expression }
  | { readonly kind: "if"; readonly test: Expression };

/** One that is spread (`*args`, `**named`) has no name. */
export type Argument = {
  readonly kind: "positional" | "named" | "spread" | "spreadNamed";
  readonly name: string;
  readonly value: Expression;
};

export type Parameter = {
  readonly kind: "plain" | "rest" | "restNamed";
  readonly name: string;
  readonly fallback: Expression | undefined;
};

export type Statement = Span &
  (
    | { readonly kind: "expression"; readonly value: Expression }
    | { readonly kind: "assign"; readonly target: Expression; readonly value: Expression }
    | {
        readonly kind: "update";
        readonly target: Expression;
        readonly operator: Operator;
        readonly value: Expression;
      }
    | {
        readonly kind: "if";
        readonly test: Expression;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: "for";
        readonly target: Expression;
        readonly of: Expression;
        readonly body: readonly Statement[];
      }
    | {
        readonly kind: "def";
        readonly name: string;
        readonly parameters: readonly Parameter[];
        readonly body: readonly Statement[];
      }
    | { readonly kind: "return"; readonly value: Expression | undefined }
    | { readonly kind: "break" | "continue" | "pass" }
  );
