import { InvalidArgumentError, Option, type Command } from "commander";
import { parseListen, type ListenTarget } from "../app-server/listen-target.ts";
import { defineDaemon } from "./app-server-daemon.ts";
import { defineGenerators } from "./app-server-generate.ts";
import { defineProxy } from "./app-server-proxy.ts";
import type { Finish } from "../command-entry.ts";
import type { AppServerFlags } from "../app-server/run-app-server.ts";
import { addConfigOptions, withParents } from "../shared-options.ts";
import { addWebSocketOptions } from "./websocket-options.ts";

/** `codex app-server`: the protocol for editors and other programs. */
export function defineAppServer(program: Command, finish: Finish): void {
  const server = program
    .command("app-server")
    .description("Serve the protocol for editors and other programs")
    .helpCommand("help [command]", "Print this message or the help of the given command")
    .addOption(
      new Option("--listen <url>", "stdio:// (default), unix://, unix://PATH, ws://IP:PORT, or off").argParser(
        listenValue,
      ),
    )
    .addOption(new Option("--stdio", "The same as --listen stdio://").conflicts("listen"))
    .option("--print-startup-config", "Check the config, print what an administrator demands as JSON, and end")
    .option("--startup-sign-out", "Remove the stored credentials first")
    .addHelpText("after", "\nExample:\n  codex app-server --listen ws://127.0.0.1:4500")
    .action(async (_options, command: Command) => {
      const { runAppServer } = await import("../app-server/run-app-server.ts");
      finish(await runAppServer(withParents<AppServerFlags>(command)));
    });
  addWebSocketOptions(server);
  addHarmlessOptions(server);
  addConfigOptions(server);
  addConfigOptions(defineProxy(server, finish));
  for (const command of defineDaemon(server, finish)) addConfigOptions(command);
  defineGenerators(server, finish);
  program.enablePositionalOptions();
  server.enablePositionalOptions();
}

function listenValue(url: string): ListenTarget {
  const target = parseListen(url);
  if (!target.ok) throw new InvalidArgumentError(target.error);
  return target.value;
}

/** What clients of the original pass and what changes nothing here; what would change something is refused. */
function addHarmlessOptions(command: Command): void {
  command.addOption(new Option("--analytics-default-enabled").hideHelp());
  command.addOption(new Option("--startup-client-info <json>").hideHelp().argParser(clientInfo));
  for (const [flags, name] of [
    ["--cloud-skills-snapshot <path>", "cloudSkillsSnapshot"],
    ["--code-mode-host <url>", "codeModeHost"],
  ] as const) {
    const option = new Option(flags).hideHelp();
    command.addOption(option);
    command.on(`option:${option.name()}`, () => {
      command.error(`error: --${option.name()} is not part of this build; leave it out.`, { exitCode: 2 });
      return name;
    });
  }
}

function clientInfo(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError("It is not JSON.");
  }
}
