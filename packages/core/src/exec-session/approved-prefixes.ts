import { joinRules, noRules, type PrefixRule, type RuleSet } from "@codex/sandbox/rules/rule";

/** Beginnings of commands that the user approved for the session; those outside the sandbox count only for who asks to leave it. */
export class ApprovedPrefixes {
  readonly #inside: PrefixRule[] = [];
  readonly #outside: PrefixRule[] = [];

  add(prefixes: readonly (readonly string[])[], outside: boolean): void {
    const list = outside ? this.#outside : this.#inside;
    list.push(
      ...prefixes.flatMap(([program, ...rest]) => (program === undefined ? [] : [rule(program, rest, outside)])),
    );
  }

  /** The rules with those that speak for a command. */
  joinedTo(rules: RuleSet, escalated: boolean): RuleSet {
    const prefixes = escalated ? this.#outside : this.#inside;
    return prefixes.length === 0 ? rules : joinRules([rules, { ...noRules, prefixes }]);
  }
}

const rule = (program: string, rest: readonly string[], outside: boolean): PrefixRule => ({
  program,
  rest: rest.map((word) => [word]),
  decision: "allow",
  sandboxed: !outside,
  anyCase: false,
  justification: undefined,
});
