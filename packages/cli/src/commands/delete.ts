import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { addRemoteOptions } from "../remote-options.ts";
import { addSharedOptions, withParents } from "../shared-options.ts";
import type { SessionFlags } from "../sessions/run-session-command.ts";

/** `codex delete`: takes a session off the disk. */
export function defineDelete(program: Command, finish: Finish): void {
  const command = program
    .command("delete")
    .description("Permanently delete a saved session by id or session name")
    .argument("<session>", "Session id (UUID) or session name. UUIDs take precedence if it parses")
    .option("--force", "Delete without prompting. SESSION must be a UUID")
    .action(async (session: string, _options, self: Command) => {
      const { runSessionCommand } = await import("../sessions/run-session-command.ts");
      finish(await runSessionCommand("delete", session, withParents<SessionFlags>(self)));
    });
  addRemoteOptions(addSharedOptions(command));
}
