import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { addRemoteOptions } from "../remote-options.ts";
import { addConfigOptions, withParents } from "../shared-options.ts";
import type { QueueFlags } from "../sessions/run-queue.ts";

/** `codex queue`: leaves a message for a session, which it gets when it is gone on with. */
export function defineQueue(program: Command, finish: Finish): void {
  const command = program
    .command("queue")
    .description("Queue a message for an existing session")
    .requiredOption("--thread <thread>", "Session UUID or exact session name")
    .requiredOption("--message <text>", "Message text to queue")
    .option("--resume", "Then resume the session on the daemon, or on the server of --remote")
    .option("-C, --cd <dir>", "The folder whose config counts, without --remote")
    .action(async (_options, self: Command) => {
      const { runQueue } = await import("../sessions/run-queue.ts");
      finish(await runQueue(withParents<QueueFlags>(self)));
    });
  addRemoteOptions(addConfigOptions(command));
}
