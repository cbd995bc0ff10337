import { excerpt } from "@codex/config/excerpt";
import { readText } from "@codex/platform/read-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { readRules } from "./read-rules.ts";
import { joinRules, type RuleSet } from "./rule.ts";

/** The rules of the files that were named. The error is for a person, and shows the place. */
export function readRuleFiles(files: readonly string[], home: string): Result<RuleSet, string> {
  const sets: RuleSet[] = [];
  for (const file of files) {
    const text = readText(file);
    if (!text.ok) return err(`Error: failed to read policy at ${file}: ${text.error.reason}`);
    if (text.value === undefined) return err(`Error: failed to read policy at ${file}: no such file or directory`);
    const rules = readRules(text.value, home);
    if (rules.ok) sets.push(rules.value);
    else {
      const { message, place } = rules.error;
      const where =
        place === undefined ? "" : `\n --> ${file}:${place.line}:${place.column}\n${excerpt(text.value, place)}`;
      return err(`Error: failed to parse policy at ${file}\nerror: ${message}${where}`);
    }
  }
  return ok(joinRules(sets));
}
