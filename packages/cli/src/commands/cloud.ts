import { InvalidArgumentError, Option, type Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { addConfigOptions, withParents } from "../shared-options.ts";
import type { CloudFlags } from "../cloud/cloud-flags.ts";

/** `codex cloud`: the tasks that run in the cloud. */
export function defineCloud(program: Command, finish: Finish): void {
  const cloud = program
    .command("cloud")
    .alias("cloud-tasks")
    .description("Give tasks to the cloud, look at them and apply what came of them")
    .helpCommand("help [command]", "Print this message or the help of the given command")
    .addHelpText("after", '\nExample:\n  codex cloud exec --env my-org/my-repo "find out why the tests fail"')
    .action(async (_options, self: Command) => {
      const { stdio } = await import("@codex/platform/stdio");
      stdio.err("The terminal interface for tasks is not part of this build yet; this is `codex cloud list`.\n");
      const { runCloudList } = await import("../cloud/run-cloud-list.ts");
      finish(await runCloudList(withParents<CloudFlags>(self)));
    });
  const list = cloud
    .command("list")
    .description("List tasks")
    .option("--env <env>", "Only those of an environment, by its id or label")
    .addOption(number("--limit <n>", "How many at most, 1 to 20", "limit must be between 1 and 20", 20))
    .option("--cursor <cursor>", "Go on where the last list ended, as it said")
    .option("--json", "Print JSON")
    .action(async (_options, self: Command) => {
      const { runCloudList } = await import("../cloud/run-cloud-list.ts");
      finish(await runCloudList(withParents<CloudFlags>(self)));
    });
  const status = cloud
    .command("status")
    .description("Show where a task stands; fails unless it is ready")
    .argument("<task>", taskHelp)
    .action(async (task: string, _options, self: Command) => {
      const { runCloudStatus } = await import("../cloud/run-cloud-task.ts");
      finish(await runCloudStatus(task, withParents<CloudFlags>(self)));
    });
  const diff = cloud
    .command("diff")
    .description("Print a task's diff")
    .argument("<task>", taskHelp)
    .addOption(attempt())
    .action(async (task: string, _options, self: Command) => {
      const { runCloudDiff } = await import("../cloud/run-cloud-task.ts");
      finish(await runCloudDiff(task, withParents<CloudFlags>(self)));
    });
  const apply = cloud
    .command("apply")
    .description("Apply a task's diff to this checkout, as `git apply --3way` does")
    .argument("<task>", taskHelp)
    .addOption(attempt())
    .action(async (task: string, _options, self: Command) => {
      const { runCloudApply } = await import("../cloud/run-cloud-task.ts");
      finish(await runCloudApply(task, withParents<CloudFlags>(self)));
    });
  const exec = cloud
    .command("exec")
    .description("Give the cloud a task, and print its address")
    .argument("[query]", "What to do; read from stdin when absent or -")
    .requiredOption("--env <env>", "The environment to run in, by its id or label")
    .option("--branch <branch>", "The branch to start from (the current one)")
    .addOption(number("--attempts <n>", "How many attempts, 1 to 4 (1)", attemptsRange, 4))
    .action(async (query: string | undefined, _options, self: Command) => {
      const { runCloudExec } = await import("../cloud/run-cloud-exec.ts");
      finish(await runCloudExec(query, withParents<CloudFlags>(self)));
    });
  for (const command of [cloud, list, status, diff, apply, exec]) addConfigOptions(command);
}

const taskHelp = "The task's id, or the address of its page";

const attemptsRange = "attempts must be between 1 and 4";

const attempt = (): Option => number("--attempt <n>", "Which attempt, from 1 (1)", attemptsRange, 4);

/** A whole number from 1 to `most`. */
const number = (flags: string, help: string, range: string, most: number): Option =>
  new Option(flags, help).argParser((value) => {
    const count = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`${range}.`);
  });
