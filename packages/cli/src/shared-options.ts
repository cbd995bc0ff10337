import { checkProfileName } from "@codex/config/profile";
import { InvalidArgumentError, Option, type Command } from "commander";

/** What may stand before or after a command: how config is made, and what the agent may do. */
export type SharedOptions = {
  config?: string[];
  enable?: string[];
  disable?: string[];
  strictConfig?: boolean;
  profile?: string;
  model?: string;
  sandbox?: string;
  cd?: string;
  addDir?: string[];
  image?: string[];
  dangerouslyBypassApprovalsAndSandbox?: boolean;
  worktree?: boolean;
};

const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

function profileName(value: string): string {
  const name = checkProfileName(value);
  if (!name.ok) throw new InvalidArgumentError(name.error.message);
  return name.value;
}

/** Options with a value, by every spelling: what scanning for the command's name has to step over. */
export const valueOptions: ReadonlySet<string> = new Set(
  [
    "-c --config",
    "--enable",
    "--disable",
    "-p --profile",
    "-m --model",
    "-s --sandbox",
    "-C --cd",
    "--add-dir",
    "-i --image",
  ].flatMap((spellings) => spellings.split(" ")),
);

/** How config is made. */
export const addConfigOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "-c, --config <key=value>",
        "Override a configuration value; the value is TOML, or else a plain string",
      ).argParser(collect),
    )
    .addOption(new Option("--enable <feature>", "Switch a feature on (repeatable)").argParser(collect))
    .addOption(new Option("--disable <feature>", "Switch a feature off (repeatable)").argParser(collect))
    .option("--strict-config", "Fail where config.toml has fields that are not recognised")
    .addOption(
      new Option("-p, --profile <name>", "Layer $CODEX_HOME/<name>.config.toml on top of config.toml").argParser(
        profileName,
      ),
    );

/** What commands may do, and where. */
const addPlaceOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("-s, --sandbox <mode>", "What commands of the model may do").choices([
        "read-only",
        "workspace-write",
        "danger-full-access",
      ]),
    )
    .option("-C, --cd <dir>", "The agent's working root")
    .addOption(
      new Option("--add-dir <dir>", "A further directory that may be written (repeatable)").argParser(collect),
    );

/** For a command that runs something of the person's own in the sandbox. */
export const addSandboxOptions = (command: Command): Command => addPlaceOptions(addConfigOptions(command));

export function addSharedOptions(command: Command): Command {
  addConfigOptions(command).option("-m, --model <model>", "Model the agent should use");
  return addPlaceOptions(command)
    .option("-i, --image <file...>", "Images to attach to the prompt")
    .option(
      "--dangerously-bypass-approvals-and-sandbox",
      "Never ask and run commands without a sandbox: only where something else confines the machine",
    )
    .option("--worktree", "Work in a new Git worktree of this repository");
}

/** The options of a command together with those written before it; lists are joined, the nearer value wins otherwise. */
export function withParents<T extends SharedOptions>(command: Command): T {
  const chain: Command[] = [];
  for (let at: Command | null = command; at; at = at.parent) chain.unshift(at);
  const merged: Record<string, unknown> = {};
  for (const part of chain) {
    for (const [name, value] of Object.entries(part.opts())) {
      const before = merged[name];
      merged[name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
    }
  }
  return merged as T;
}
