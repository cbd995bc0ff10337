import { homeFolder, currentEnvironment } from "@codex/platform/env";
import { stdio } from "@codex/platform/stdio";
import type { Decision } from "@codex/sandbox/rules/rule";
import type { CheckedCommand } from "@codex/sandbox/rules/check-command";
import { Option, type Command } from "commander";
import type { Finish } from "../command-entry.ts";

type CheckFlags = {
  rules: string[];
  pretty?: boolean;
  resolveHostExecutables?: boolean;
  parse?: boolean;
  exitCode?: boolean;
};

/** `codex execpolicy check`: what files of rules say of a command. Output: JSON as the original prints it. */
export function defineExecpolicy(program: Command, finish: Finish): void {
  // What follows the command's first word is the command's, whatever it looks like.
  const execpolicy = program
    .enablePositionalOptions()
    .command("execpolicy")
    .enablePositionalOptions()
    .description("Check files of rules against a command")
    .helpCommand("help [command]", "Print this message or the help of the given command");
  execpolicy
    .command("check")
    .description("Print which rules cover a command, and what they decide, as JSON")
    .argument("<command...>", "The command's words; with --parse also one line for a shell")
    .addOption(
      new Option("-r, --rules <path>", "A file of rules (repeatable)")
        .argParser((path, before: string[] | undefined) => [...(before ?? []), path])
        .makeOptionMandatory(),
    )
    .option("--pretty", "Print the JSON on several lines")
    .option("--resolve-host-executables", "Rules for a bare name cover absolute paths that host_executable allows")
    .option("--parse", "Look into shell scripts and wrappers, as a session does")
    .option("--exit-code", "Exit with 0 for allow, 10 for prompt, 11 for forbidden, 12 where no rule decides")
    .addHelpText(
      "after",
      "\nExample:\n  codex execpolicy check -r ~/.codex/rules/default.rules --parse 'git add . && git push'",
    )
    .passThroughOptions()
    .action(async (words: string[], flags: CheckFlags) => finish(await check(words, flags)));
}

async function check(words: readonly string[], flags: CheckFlags): Promise<number> {
  const { readRuleFiles } = await import("@codex/sandbox/rules/read-rule-files");
  const { checkCommand } = await import("@codex/sandbox/rules/check-command");
  const rules = readRuleFiles(flags.rules, homeFolder(currentEnvironment()));
  if (!rules.ok) {
    stdio.err(`${rules.error}\n`);
    return 1;
  }
  const { resolveHostExecutables: resolvePrograms = false, parse = false } = flags;
  const checked = checkCommand(words, rules.value, { resolvePrograms, parse });
  stdio.out(`${JSON.stringify(shown(checked), null, flags.pretty ? 2 : 0)}\n`);
  return flags.exitCode ? exitCodes[checked.decision ?? "none"] : 0;
}

const exitCodes: Record<Decision | "none", number> = { allow: 0, prompt: 10, forbidden: 11, none: 12 };

/** What JSON leaves out is undefined; `sandboxed` is ours. */
const shown = ({ matches, decision }: CheckedCommand) => ({
  matchedRules: matches.map(({ matchedPrefix, decision, resolvedProgram, justification, sandboxed }) => ({
    prefixRuleMatch: {
      matchedPrefix,
      decision,
      resolvedProgram,
      justification,
      ...(sandboxed && { sandboxed }),
    },
  })),
  decision,
});
