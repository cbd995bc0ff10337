import type { Command } from "commander";
import type { DaemonVerb } from "../app-server/daemon.ts";
import type { Finish } from "../command-entry.ts";
import { refuse } from "../refuse.ts";
import { withParents, type SharedOptions } from "../shared-options.ts";

/** `codex app-server daemon …`: a server in the background, for all clients of this Codex home. */
export function defineDaemon(server: Command, finish: Finish): Command[] {
  const daemon = server
    .command("daemon")
    .description("Run the server in the background")
    .helpCommand("help [command]", "Print this message or the help of the given command");
  daemon.enablePositionalOptions();
  const commands = Object.entries(summaries).map(([verb, summary]) =>
    daemon
      .command(verb)
      .description(summary)
      .action(async (_options, command: Command) => {
        const { runDaemon } = await import("../app-server/daemon.ts");
        finish(await runDaemon(verb as DaemonVerb, withParents<SharedOptions>(command)));
      }),
  );
  for (const [verb, sentence] of Object.entries(without)) {
    daemon
      .command(verb, { hidden: true })
      .allowUnknownOption()
      .action(() =>
        finish(refuse({ code: "usage", message: `Error: \`codex app-server daemon ${verb}\` ${sentence}` })),
      );
  }
  return commands;
}

const summaries = {
  start: "Start it, unless it runs already",
  stop: "Stop it, once the turns that run have ended",
  restart: "Stop it and start it again",
  version: "Print the versions of this program and of the server that runs",
} as const satisfies Record<DaemonVerb, string>;

const remoteControl = "is not part of this build: it has no remote control.";

/** Verbs of the original, and why there is nothing to do for them. */
const without: Readonly<Record<string, string>> = {
  bootstrap: "is not needed here: `codex app-server daemon start` runs this program where it is and installs nothing.",
  update: "is not needed here: install the new version, then `codex app-server daemon restart`.",
  "enable-remote-control": remoteControl,
  "disable-remote-control": remoteControl,
};
