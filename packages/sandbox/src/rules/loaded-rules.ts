import type { RulesProblem } from "./read-rules.ts";
import type { RuleSet } from "./rule.ts";

/** A file of rules of which nothing counts. */
export type DamagedRules = RulesProblem & {
  readonly file: string;
  /** It seems to forbid something, and nobody can know what. */
  readonly forbids: boolean;
};

export type LoadedRules = { readonly rules: RuleSet; readonly damaged: readonly DamagedRules[] };

/** One sentence for a person. */
export function describeDamage({ file, place, message, forbids }: DamagedRules): string {
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  const effect = forbids
    ? "It may forbid commands, so none is run until it is repaired or removed."
    : "None of its rules counts, and until it is repaired no other rule allows anything either.";
  return `The rules of ${where} cannot be used: ${message}. ${effect}`;
}
