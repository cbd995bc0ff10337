import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { addConfigOptions, withParents } from "../shared-options.ts";
import type { CloudFlags } from "../cloud/cloud-flags.ts";

/** `codex apply`: a cloud task's diff, brought into this checkout. */
export function defineApply(program: Command, finish: Finish): void {
  const command = program
    .command("apply")
    .alias("a")
    .description("Apply the latest diff of a cloud task to this checkout, as `git apply --3way` does")
    .argument("<task>", "The task's id, or the address of its page")
    .action(async (task: string, _options, self: Command) => {
      const { runApply } = await import("../cloud/run-apply.ts");
      finish(await runApply(task, withParents<CloudFlags>(self)));
    });
  addConfigOptions(command);
}
