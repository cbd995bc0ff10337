import { stdio } from "@codex/platform/stdio";
import { Argument, type Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { commandTree, type CommandNode } from "../completion/command-tree.ts";

type Generator = (nodes: readonly CommandNode[]) => string;

/** A new shell is one file and one line here. */
const generators: Record<string, () => Promise<Generator>> = {
  bash: async () => (await import("../completion/bash-script.ts")).bashScript,
  elvish: async () => (await import("../completion/elvish-script.ts")).elvishScript,
  fish: async () => (await import("../completion/fish-script.ts")).fishScript,
  powershell: async () => (await import("../completion/powershell-script.ts")).powershellScript,
  zsh: async () => (await import("../completion/zsh-script.ts")).zshScript,
};

/** `codex completion [SHELL]`: a script for a program named `codex`, however this one was started. */
export function defineCompletion(program: Command, _finish: Finish, wholeProgram: () => Promise<Command>): void {
  const shell = new Argument("[shell]", "The shell it is for").choices(Object.keys(generators)).default("bash");
  program
    .command("completion")
    .description("Print a completion script for a shell")
    .addArgument(shell)
    .addHelpText("after", "\nExample:\n  source <(codex completion bash)")
    .action(async (name: string) => {
      const generate = await generators[name]?.();
      const whole = await wholeProgram();
      if (generate) stdio.out(generate(commandTree(whole)));
    });
}
