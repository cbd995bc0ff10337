import { readFolder } from "@codex/platform/list-folder";
import { pathKind, readText } from "@codex/platform/read-file";
import type { Result } from "@codex/protocol/result";
import type { RulesProblem } from "./read-rules.ts";
import { joinRules, noRules, type RuleSet } from "./rule.ts";
import type { DamagedRules, LoadedRules } from "./loaded-rules.ts";
import { join } from "node:path";

/** What files say, by their text: those that have not changed are not read again. */
export type KnownRules = Map<string, Result<RuleSet, RulesProblem>>;

/** Every `*.rules` file of the folders, by name within each. What is not there is no rule; a file or folder that cannot be read is damaged. */
export async function loadRules(folders: readonly string[], home: string, known: KnownRules): Promise<LoadedRules> {
  const files: string[] = [];
  const damaged: DamagedRules[] = [];
  for (const folder of folders) {
    const names = readFolder(folder);
    if (names.ok) files.push(...ruleFiles(folder, names.value));
    else damaged.push(unreadable(folder, names.error.reason));
  }
  // Most people have no rules: the interpreter is loaded only for those who have.
  if (files.length === 0) return { rules: noRules, damaged };
  const { readRules } = await import("./read-rules.ts");
  const sets: RuleSet[] = [];
  for (const file of files) {
    const text = readText(file);
    if (!text.ok) damaged.push(unreadable(file, text.error.reason));
    if (!text.ok || text.value === undefined) continue;
    const rules = known.get(text.value) ?? readRules(text.value, home);
    known.set(text.value, rules);
    if (rules.ok) sets.push(rules.value);
    else damaged.push({ ...rules.error, file, forbids: /forbidden/.test(text.value) });
  }
  return { rules: joinRules(sets), damaged };
}

const ruleFiles = (folder: string, names: readonly string[]): string[] =>
  names
    .filter((name) => name.endsWith(".rules") && pathKind(join(folder, name)) !== "directory")
    .sort()
    .map((name) => join(folder, name));

/** Nobody knows what stands there: it may forbid anything. */
const unreadable = (file: string, message: string): DamagedRules => ({
  file,
  message,
  place: undefined,
  forbids: true,
});
