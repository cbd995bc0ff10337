import { listFolder } from "@codex/platform/list-folder";
import { pathKind, readText } from "@codex/platform/read-file";
import type { Result } from "@codex/protocol/result";
import type { RulesProblem } from "./read-rules.ts";
import { joinRules, noRules, type RuleSet } from "./rule.ts";
import type { DamagedRules, LoadedRules } from "./loaded-rules.ts";
import { join } from "node:path";

/** What files say, by their text: those that have not changed are not read again. */
export type KnownRules = Map<string, Result<RuleSet, RulesProblem>>;

/** Every `*.rules` file of the folders, by name within each. What is not there is no rule; what cannot be read is damaged. */
export async function loadRules(folders: readonly string[], home: string, known: KnownRules): Promise<LoadedRules> {
  const files = folders.flatMap((folder) =>
    listFolder(folder)
      .filter((name) => name.endsWith(".rules") && pathKind(join(folder, name)) !== "directory")
      .sort()
      .map((name) => join(folder, name)),
  );
  // Most people have no rules: the interpreter is loaded only for those who have.
  if (files.length === 0) return { rules: noRules, damaged: [] };
  const { readRules } = await import("./read-rules.ts");
  const sets: RuleSet[] = [];
  const damaged: DamagedRules[] = [];
  for (const file of files) {
    const text = readText(file);
    if (!text.ok) damaged.push({ file, message: text.error.reason, place: undefined, forbids: true });
    if (!text.ok || text.value === undefined) continue;
    const rules = known.get(text.value) ?? readRules(text.value, home);
    known.set(text.value, rules);
    if (rules.ok) sets.push(rules.value);
    else damaged.push({ ...rules.error, file, forbids: /forbidden/.test(text.value) });
  }
  return { rules: joinRules(sets), damaged };
}
