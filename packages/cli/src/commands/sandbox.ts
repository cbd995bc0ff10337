import { Option, type Command } from "commander";
import type { Finish } from "../command-entry.ts";
import type { SandboxFlags, SandboxPlatform } from "../run-sandbox.ts";
import { addSandboxOptions, withParents } from "../shared-options.ts";

/** `codex sandbox [--] CMD…`, and the older `codex sandbox linux|macos|windows CMD…`. */
export function defineSandbox(program: Command, finish: Finish): void {
  // What follows the command's name is the command's own, whatever it looks like.
  program.enablePositionalOptions();
  const sandbox = program
    .command("sandbox")
    .description("Run a command in the sandbox that the model's commands get")
    .argument("[command...]", "The command with its arguments")
    .enablePositionalOptions()
    .passThroughOptions()
    .helpCommand(false)
    .addHelpText("after", examples)
    .action(runWith(undefined, finish));
  addOptions(sandbox);
  for (const platform of ["linux", "macos", "windows"] as const) addSandboxRun(sandbox, platform, platform, finish);
}

/** A command that runs its words in the sandbox, on one platform only. */
export function addSandboxRun(parent: Command, name: string, platform: SandboxPlatform, finish: Finish): void {
  const command = parent
    .command(name, { hidden: true })
    .description(`As \`codex sandbox\`, on ${platform} only`)
    .argument("[command...]", "The command with its arguments")
    .passThroughOptions()
    .action(runWith(platform, finish));
  addOptions(command);
}

function addOptions(command: Command): void {
  addSandboxOptions(command)
    .option(
      "-P, --permission-profile <name>",
      "Permission profile to apply: built-in such as :workspace, or of config.toml",
    )
    .addOption(
      new Option(
        "--sandbox-state-json <json>",
        "The sandbox as `codex/sandbox-state` tells it, in place of the config's",
      ).conflicts(["permissionProfile", "cd"]),
    )
    .addOption(
      new Option("--sandbox-state-readable-root <path>", "Another folder that may be read (repeatable)").argParser(
        (path, before: string[] | undefined) => [...(before ?? []), path],
      ),
    )
    .option("--sandbox-state-disable-network", "Cut that sandbox off from the network")
    .option("--full-auto", "Short for --sandbox workspace-write")
    .option("--log-denials", "Say where to find what the sandbox denies")
    .addOption(new Option("--include-managed-config", "Managed requirements are always included").hideHelp());
}

const runWith =
  (platform: SandboxPlatform | undefined, finish: Finish) =>
  async (words: string[], _options: unknown, command: Command): Promise<void> => {
    const flags = withParents<SandboxFlags>(command);
    const { sandboxStateJson, sandboxStateReadableRoot, sandboxStateDisableNetwork } = flags;
    if (sandboxStateJson === undefined && (sandboxStateReadableRoot ?? sandboxStateDisableNetwork) !== undefined) {
      command.error("error: the following required arguments were not provided:\n  --sandbox-state-json <JSON>");
    }
    const { runSandbox } = await import("../run-sandbox.ts");
    finish(await runSandbox(words, flags, platform));
  };

const examples = `
Examples:
  codex sandbox touch here                        # fails: read-only, unless config.toml says otherwise
  codex sandbox -s workspace-write -- npm test
  codex sandbox -P :workspace sh -c 'echo hello > there'`;
