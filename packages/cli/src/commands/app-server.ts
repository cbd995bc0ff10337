import type { Command } from "commander";
import type { Finish } from "../commands.ts";
import { addConfigOptions, withParents, type SharedOptions } from "../shared-options.ts";

export type AppServerFlags = SharedOptions & { listen?: string; stdio?: boolean };

/** `codex app-server`: the protocol for editors and other programs. */
export function defineAppServer(program: Command, finish: Finish): void {
  const server = program
    .command("app-server")
    .description("Serve the protocol for editors and other programs")
    .helpCommand("help [command]", "Print this message or the help of the given command")
    .option("--listen <url>", "Where to listen: stdio://", "stdio://")
    .option("--stdio", "The same as --listen stdio://")
    .action(async (_options, command: Command) => {
      const { runAppServer } = await import("../run-app-server.ts");
      finish(await runAppServer(withParents<AppServerFlags>(command)));
    });
  addConfigOptions(server);
}
