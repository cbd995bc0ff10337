import type { ManagedRule } from "@codex/config/managed-rules";
import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { appendRule, networkLine, prefixLine } from "./append-rule.ts";
import { loadRules, type KnownRules } from "./load-rules.ts";
import type { LoadedRules } from "./loaded-rules.ts";
import { joinRules, noRules, type NetworkRule, type PrefixRule, type RuleSet } from "./rule.ts";

/** A thread's rules. */
export type RuleBook = {
  /** The rules as they hold now. */
  current(): Promise<LoadedRules>;
  /** Allows, from now on and for every session, what begins with these words. The error is a sentence for the person. */
  allow(prefix: readonly string[]): Promise<Result<void, string>>;
  /** Decides, from now on and for every session, about a host. The error is a sentence for the person. */
  decideHost(host: string, protocol: NetworkRule["protocol"], decision: "allow" | "deny"): Result<void, string>;
};

export type RuleFolders = {
  /** Of the machine and the project: read once, since a command of the model must not change what it may do. */
  readonly fixed: readonly string[];
  /** The user's own, read anew for each command: what they allow in one session holds in all. Undefined: left out. */
  readonly own: string | undefined;
  /** The administrator's, from requirements.toml. */
  readonly managed?: readonly ManagedRule[];
  /** Where what the user allows is written. */
  readonly amended: string;
  /** What `~/` stands for. */
  readonly home: string;
};

export function openRules({ fixed, own, managed = [], amended, home }: RuleFolders): RuleBook {
  const demanded: RuleSet = { ...noRules, prefixes: managed.flatMap(prefixRules) };
  let firm: Promise<LoadedRules> | undefined;
  const known: KnownRules = new Map();
  return {
    async current() {
      firm ??= loadRules(fixed, home, known);
      const [below, mine] = await Promise.all([firm, loadRules(own === undefined ? [] : [own], home, known)]);
      return { rules: joinRules([demanded, below.rules, mine.rules]), damaged: [...below.damaged, ...mine.damaged] };
    },
    async allow(prefix) {
      return save(amended, prefixLine(prefix));
    },
    decideHost: (host, protocol, decision) => save(amended, networkLine(host, protocol, decision)),
  };
}

/** As in a file, each alternative of the first word is a rule of its own. */
const prefixRules = ({ pattern: [first = [], ...rest], decision, justification, anyCase }: ManagedRule): PrefixRule[] =>
  first.map((program) => ({
    program,
    rest,
    decision: decision === "forbidden" ? "forbidden" : "prompt",
    sandboxed: false,
    anyCase,
    justification,
    managed: true,
    forPerson: decision === "prompt-user",
  }));

function save(folder: string, line: string): Result<void, string> {
  const file = join(folder, "default.rules");
  const appended = appendRule(file, line);
  return appended.ok
    ? ok(undefined)
    : err(`The rule was not saved: ${file} cannot be written (${appended.error}). It is asked about again.`);
}
