import { glimpseCommands } from "../glimpse-commands.ts";
import { isWrapper, unwrapCommand } from "../unwrap-command.ts";
import { visibleCommands } from "../visible-commands.ts";
import { matchRules, type RuleMatch } from "./match-rules.ts";
import { strictest, type RuleSet } from "./rule.ts";

/** What rules say of a command line. */
export type RulesVerdict =
  /** Every command in it is allowed; `sandboxed` where a rule keeps one of them in the sandbox. */
  | { readonly kind: "allow"; readonly sandboxed: boolean }
  /** `words`: the command that the rule covers. */
  | { readonly kind: "prompt" | "forbidden"; readonly match: RuleMatch; readonly words: readonly string[] }
  | { readonly kind: "none"; readonly tooDeep: boolean };

/**
 * The strictest that rules say of any command in it counts. Forbidden and prompt hold for whatever can be glimpsed, also in
 * wrappers and substitutions; an allow only where all that is run can be seen and each command is covered. Pure.
 */
export function judgeByRules(argv: readonly string[], rules: RuleSet): RulesVerdict {
  const { commands, tooDeep } = glimpseCommands(argv);
  const strict = strictestMatch(commands, rules);
  if (strict !== undefined) return strict;
  if (tooDeep) return { kind: "none", tooDeep };
  const covering = coveringMatches(argv, rules);
  if (covering === undefined) return { kind: "none", tooDeep };
  return { kind: "allow", sandboxed: covering.some(({ sandboxed }) => sandboxed) };
}

function strictestMatch(commands: readonly (readonly string[])[], rules: RuleSet): RulesVerdict | undefined {
  const managed = { prefixes: rules.prefixes.filter((rule) => rule.managed), executables: noPlaces };
  const found = commands.flatMap((words) =>
    [...matchRules(words, managed, anyPlace), ...matchRules(words, rules, anyPlace)].map((match) => ({ match, words })),
  );
  const decision = strictest(found.map(({ match }) => match.decision));
  if (decision === undefined || decision === "allow") return undefined;
  const fitting = found.filter(({ match }) => match.decision === decision);
  const first = fitting.find(({ match }) => match.forPerson) ?? fitting[0];
  return first && { kind: decision, ...first };
}

/** A user's files do not say which programs the administrator means. */
const noPlaces: ReadonlyMap<string, readonly string[]> = new Map();

/** A rule that forbids `git` means every git. */
const anyPlace = { resolvePrograms: true };

/** The rules that allow each of the commands; undefined where one is not covered, or not all can be seen. */
function coveringMatches(argv: readonly string[], rules: RuleSet): RuleMatch[] | undefined {
  // A rule may name the shell with this very script.
  const whole = allows(argv, rules).filter(({ matchedPrefix }) => matchedPrefix.length === argv.length);
  if (whole.length > 0) return whole;
  const each = visibleCommands(argv)?.map((words) => coveringAllows(words, rules));
  return each === undefined || each.some((matches) => matches.length === 0) ? undefined : each.flat();
}

/** True where rules allow this one command, which is not the whole of a line. */
export const isCovered = (words: readonly string[], rules: RuleSet): boolean => coveringAllows(words, rules).length > 0;

/** True where they also allow it outside the sandbox. */
export function isFreed(words: readonly string[], rules: RuleSet): boolean {
  const matches = coveringAllows(words, rules);
  return matches.length > 0 && matches.every(({ sandboxed }) => !sandboxed);
}

/** Of a wrapper the rule must name what is run by it too: `env` alone would allow everything. */
function coveringAllows(words: readonly string[], rules: RuleSet): RuleMatch[] {
  const inner = unwrapCommand(words);
  const [only] = inner;
  const opaque = isWrapper(words) || inner.length > 0;
  const named = only?.kind === "words" && inner.length === 1 && !isWrapper(only.words) ? only.from + 1 : words.length;
  return allows(words, rules).filter(({ matchedPrefix }) => !opaque || matchedPrefix.length >= named);
}

/** A program by its path is the one a rule means only where `host_executable` says so. */
const allows = (words: readonly string[], rules: RuleSet): RuleMatch[] =>
  matchRules(words, rules, { resolvePrograms: rules.executables.has((words[0] ?? "").replace(/^.*\//, "")) }).filter(
    ({ decision }) => decision === "allow",
  );
