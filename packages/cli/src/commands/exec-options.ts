import { Option, type Command } from "commander";
import type { RemoteFlags } from "../remote-options.ts";
import type { SharedOptions } from "../shared-options.ts";

export type ExecFlags = SharedOptions &
  RemoteFlags & {
    skipGitRepoCheck?: boolean;
    trust?: boolean;
    approveForMe?: boolean;
    ephemeral?: boolean;
    ignoreUserConfig?: boolean;
    ignoreRules?: boolean;
    outputSchema?: string;
    color?: "always" | "never" | "auto";
    json?: boolean;
    experimentalJson?: boolean;
    yolo?: boolean;
    outputLastMessage?: string;
    threadSource?: string;
  };

export const addExecOptions = (command: Command): Command =>
  command
    .option("--skip-git-repo-check", "Run outside a Git repository too")
    .option("--trust", "Trust this project from now on; its .codex/config.toml counts")
    .option("--approve-for-me", "Work in the workspace-write sandbox, and let a model decide about what goes beyond it")
    .option("--ephemeral", "Leave no session file on disk")
    .option("--ignore-user-config", "Leave out $CODEX_HOME/config.toml; credentials still come from CODEX_HOME")
    .option("--ignore-rules", "Leave out the rules for commands of the user and the project")
    .option("--output-schema <file>", "JSON Schema file that the last message must follow")
    .addOption(
      new Option("--color <when>", "Colour in the output").choices(["always", "never", "auto"]).default("auto"),
    )
    .option("--json", "Print events to stdout, one JSON object a line")
    // Other names that the original takes; its SDK uses the first.
    .addOption(new Option("--experimental-json").hideHelp())
    .addOption(new Option("--yolo").hideHelp())
    .option("-o, --output-last-message <file>", "Write the agent's last message to this file")
    .option("--thread-source <source>", "Who asks for a new thread; kept with it");

/** Known by the original and not part of this build, or retired there: never ignored, never a bare "unknown option". */
const later: Record<string, string> = {
  "--oss": "--oss is not part of this build yet; define the local server under [model_providers] in config.toml",
  "--local-provider <provider>":
    "--local-provider is not part of this build yet; define the server under [model_providers] in config.toml",
  "--dangerously-bypass-hook-trust":
    "--dangerously-bypass-hook-trust is not part of this build yet: there are no hooks to trust",
  "--cyber-access-program <program>": "--cyber-access-program is not part of this build yet",
  "--search": '--search is not an option of exec; use -c web_search="live"',
  "--full-auto": "--full-auto was retired; use --sandbox workspace-write",
  "-a, --ask-for-approval <policy>":
    "exec never asks for approval, so --ask-for-approval has no effect here; leave it out",
};

/** Gives each of them its sentence. */
export function laterOptions(command: Command): void {
  for (const [flags, sentence] of Object.entries(later)) {
    const option = new Option(flags).hideHelp();
    command.addOption(option);
    command.on(`option:${option.name()}`, () => command.error(`error: ${sentence}.`, { exitCode: 2 }));
  }
}
