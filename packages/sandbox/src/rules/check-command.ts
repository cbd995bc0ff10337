import { shellScript } from "../visible-commands.ts";
import { judgeByRules } from "./judge-by-rules.ts";
import { matchRules, type RuleMatch } from "./match-rules.ts";
import { strictest, type Decision, type RuleSet } from "./rule.ts";
import { glimpseCommands } from "../glimpse-commands.ts";

export type CheckedCommand = {
  readonly matches: readonly RuleMatch[];
  /** Undefined where no rule decides. */
  readonly decision: Decision | undefined;
};

export type CheckOptions = {
  readonly resolvePrograms: boolean;
  /** Looks into shells and wrappers, as a session does before it runs a command. */
  readonly parse: boolean;
};

/** What rules say of a command, without a session. Pure. */
export function checkCommand(words: readonly string[], rules: RuleSet, options: CheckOptions): CheckedCommand {
  if (!options.parse) {
    const matches = matchRules(words, rules, options);
    return { matches, decision: strictest(matches.map(({ decision }) => decision)) };
  }
  const [line = ""] = words;
  const argv = words.length === 1 && shellScript(words) === undefined ? ["bash", "-lc", line] : words;
  const verdict = judgeByRules(argv, rules);
  const matches = glimpseCommands(argv).commands.flatMap((each) => matchRules(each, rules, { resolvePrograms: true }));
  return { matches, decision: verdict.kind === "none" ? undefined : verdict.kind };
}
