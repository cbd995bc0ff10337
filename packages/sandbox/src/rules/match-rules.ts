import { basename, isAbsolute } from "node:path";
import type { Decision, PrefixRule, RuleSet } from "./rule.ts";

/** A rule that covers a command. */
export type RuleMatch = {
  /** The words of the command that the rule names. */
  readonly matchedPrefix: readonly string[];
  readonly decision: Decision;
  /** The program as the command names it, where the rule names it without its folder. */
  readonly resolvedProgram: string | undefined;
  readonly justification: string | undefined;
  readonly sandboxed: boolean;
  /** Of a prompt: a person must answer it, not a reviewer. */
  readonly forPerson: boolean;
};

/**
 * Every rule that covers a command, in the order of the rules: its words are literally those of the rule. With
 * `resolvePrograms` an absolute program for which there is no rule of its own is covered by rules for its bare name, where
 * `host_executable` names its place or there is none for it. Pure.
 */
export function matchRules(
  words: readonly string[],
  { prefixes, executables }: Pick<RuleSet, "prefixes" | "executables">,
  options: { readonly resolvePrograms: boolean },
): RuleMatch[] {
  const literal = matchLiterally(words, prefixes, undefined);
  const [program = ""] = words;
  if (literal.length > 0 || !options.resolvePrograms || !isAbsolute(program)) return literal;
  const name = basename(program);
  const places = executables.get(name);
  if (places !== undefined && !places.includes(program)) return [];
  return matchLiterally([name, ...words.slice(1)], prefixes, program);
}

const matchLiterally = (
  words: readonly string[],
  rules: readonly PrefixRule[],
  resolvedProgram: string | undefined,
): RuleMatch[] =>
  rules
    .filter((rule) => covers(rule, words))
    .map(({ rest, decision, justification, sandboxed, forPerson = false }) => {
      const matchedPrefix = words.slice(0, rest.length + 1);
      return { matchedPrefix, decision, resolvedProgram, justification, sandboxed, forPerson };
    });

function covers({ program, rest, anyCase }: PrefixRule, [first, ...more]: readonly string[]): boolean {
  if (first === undefined) return false;
  const isProgram = anyCase ? first.toLowerCase() === program.toLowerCase() : first === program;
  return isProgram && rest.length <= more.length && rest.every((words, at) => words.includes(more[at] ?? ""));
}
