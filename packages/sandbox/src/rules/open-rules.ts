import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { appendRule } from "./append-rule.ts";
import { loadRules } from "./load-rules.ts";
import type { LoadedRules } from "./loaded-rules.ts";
import { joinRules } from "./rule.ts";

/** A thread's rules. */
export type RuleBook = {
  /** The rules as they hold now. */
  current(): Promise<LoadedRules>;
  /** Allows, from now on and for every session, what begins with these words. The error is a sentence for the person. */
  allow(prefix: readonly string[]): Promise<Result<void, string>>;
};

export type RuleFolders = {
  /** Of the machine and the project: read once, since a command of the model must not change what it may do. */
  readonly fixed: readonly string[];
  /** The user's own, read anew for each command: what they allow in one session holds in all. Undefined: left out. */
  readonly own: string | undefined;
  /** Where what the user allows is written. */
  readonly amended: string;
  /** What `~/` stands for. */
  readonly home: string;
};

export function openRules({ fixed, own, amended, home }: RuleFolders): RuleBook {
  let firm: Promise<LoadedRules> | undefined;
  return {
    async current() {
      firm ??= loadRules(fixed, home);
      const [below, mine] = await Promise.all([firm, loadRules(own === undefined ? [] : [own], home)]);
      return { rules: joinRules([below.rules, mine.rules]), damaged: [...below.damaged, ...mine.damaged] };
    },
    async allow(prefix) {
      const file = join(amended, "default.rules");
      const appended = appendRule(file, prefix);
      return appended.ok
        ? ok(undefined)
        : err(`The rule was not saved: ${file} cannot be written (${appended.error}). It is asked about again.`);
    },
  };
}
