import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { addRemoteOptions } from "../remote-options.ts";
import { addSharedOptions, withParents } from "../shared-options.ts";
import type { SessionFlags } from "../sessions/run-session-command.ts";

/** `codex archive`: puts a session out of the way. */
export function defineArchive(program: Command, finish: Finish): void {
  const command = program
    .command("archive")
    .description("Archive a saved session by id or session name")
    .argument("<session>", "Session id (UUID) or session name. UUIDs take precedence if it parses")
    .action(async (session: string, _options, self: Command) => {
      const { runSessionCommand } = await import("../sessions/run-session-command.ts");
      finish(await runSessionCommand("archive", session, withParents<SessionFlags>(self)));
    });
  addRemoteOptions(addSharedOptions(command));
}
