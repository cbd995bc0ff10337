import { err, ok, type Result } from "@codex/protocol/result";
import { matchRules } from "./match-rules.ts";
import type { Example } from "./read-examples.ts";
import { noRules, type PrefixRule, type RuleSet } from "./rule.ts";
import { ruleFunctions, type Said } from "./rule-functions.ts";
import { runStarlark } from "./starlark/run-starlark.ts";

/** Why a file of rules does not count. Line and column from 1, `length` in characters, where it has a place. */
export type RulesProblem = {
  readonly message: string;
  readonly place: { readonly line: number; readonly column: number; readonly length: number } | undefined;
};

/** What a file of rules says. Nothing of it counts unless all of it is right, the examples of its rules too. Pure. */
export function readRules(source: string, home: string): Result<RuleSet, RulesProblem> {
  const said: Said = { prefixes: [], networks: [], executables: new Map(), checks: [] };
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const run = runStarlark(text, ruleFunctions(said, home));
  if (!run.ok) return err({ message: run.error.message, place: placeOf(text, run.error.at) });
  const { checks, ...rules } = said;
  for (const { rules: own, match, notMatch } of checks) {
    const message = failedExample({ ...rules, prefixes: own }, match, notMatch);
    if (message !== undefined) return err({ message, place: undefined });
  }
  return ok({ ...noRules, ...rules });
}

function failedExample(rules: RuleSet, match: readonly Example[], notMatch: readonly Example[]): string | undefined {
  const isCovered = (example: Example): boolean => matchRules(example, rules, { resolvePrograms: true }).length > 0;
  const shown = rules.prefixes.map(showRule);
  const wrong = notMatch.find(isCovered);
  if (wrong !== undefined) {
    return `expected example to not match rule \`${shown.join(", ")}\`: ${wrong.join(" ")}`;
  }
  const missed = match.filter((example) => !isCovered(example)).map((example) => JSON.stringify(example.join(" ")));
  if (missed.length === 0) return undefined;
  return `expected every example to match at least one rule. rules: [${shown.join(", ")}]; unmatched examples: [${missed.join(", ")}]`;
}

function showRule({ program, rest, decision }: PrefixRule): string {
  const words = [program, ...rest.map((each) => (each.length === 1 ? each[0] : each))];
  return `prefix_rule(${JSON.stringify(words)}, ${JSON.stringify(decision)})`;
}

function placeOf(text: string, { start, end }: { start: number; end: number }): RulesProblem["place"] {
  const before = text.slice(0, start).split("\n");
  const rest = text.slice(start).split("\n")[0]?.length ?? 0;
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    length: Math.max(1, Math.min(end - start, rest)),
  };
}
