import { err, ok, type Result } from "@codex/protocol/result";
import { isTable, type ConfigValue } from "./config-value.ts";

/** A rule for commands that an administrator sets in requirements.toml. It never allows anything. */
export type ManagedRule = {
  /** The first words of a command, each one of several. */
  readonly pattern: readonly (readonly string[])[];
  /** "prompt-user": a person is asked, also where a reviewer answers otherwise. */
  readonly decision: "prompt" | "prompt-user" | "forbidden";
  readonly justification: string | undefined;
  /** The program's name counts in upper and lower case. */
  readonly anyCase: boolean;
};

/** `[rules]`. The error is the rest of a sentence; wording: the original. */
export function readManagedRules(rules: ConfigValue | undefined): Result<ManagedRule[], string> {
  if (rules === undefined) return ok([]);
  const written = isTable(rules) ? rules["prefix_rules"] : undefined;
  if (!Array.isArray(written)) return err("rules prefix_rules is missing");
  if (written.length === 0) return err("rules prefix_rules cannot be empty");
  const read: ManagedRule[] = [];
  for (const [index, each] of written.entries()) {
    const rule = readRule(each);
    if (!rule.ok) return err(`rules prefix_rule at index ${index} ${rule.error}`);
    read.push(rule.value);
  }
  return ok(read);
}

function readRule(written: ConfigValue): Result<ManagedRule, string> {
  if (!isTable(written)) return err("is not a table");
  const { pattern, decision, justification, canonical_matching: anyCase = false } = written;
  if (!Array.isArray(pattern) || pattern.length === 0) return err("has an empty pattern");
  const words: string[][] = [];
  for (const [index, token] of pattern.entries()) {
    const read = readToken(token);
    if (!read.ok) return err(`has an invalid pattern token at index ${index}: ${read.error}`);
    words.push(read.value);
  }
  if (decision === undefined) return err("is missing a decision");
  if (decision === "allow") {
    return err(
      "has decision 'allow', which is not permitted in requirements.toml: Codex merges these rules with other config and uses the most restrictive result (use 'prompt', 'prompt-user', or 'forbidden')",
    );
  }
  if (decision !== "prompt" && decision !== "prompt-user" && decision !== "forbidden") {
    return err(`has an unknown decision ${JSON.stringify(decision)}`);
  }
  if (justification !== undefined && (typeof justification !== "string" || justification.trim() === "")) {
    return err("has an empty justification");
  }
  return ok({ pattern: words, decision, justification, anyCase: anyCase === true });
}

/** `{ token = "git" }` or `{ any_of = ["push", "fetch"] }`. */
function readToken(written: ConfigValue): Result<string[], string> {
  const { token, any_of: anyOf } = isTable(written) ? written : {};
  if (token !== undefined && anyOf !== undefined) return err("set either token or any_of, not both");
  if (token === undefined && anyOf === undefined) return err("set either token or any_of");
  if (anyOf === undefined)
    return typeof token === "string" && token !== "" ? ok([token]) : err("token cannot be empty");
  if (!Array.isArray(anyOf) || anyOf.length === 0) return err("any_of cannot be empty");
  const words = anyOf.filter((word) => typeof word === "string" && word !== "");
  return words.length === anyOf.length ? ok(words as string[]) : err("any_of cannot include empty tokens");
}
