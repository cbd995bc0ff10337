import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { currentEnvironment } from "@codex/platform/env";
import { stdio } from "@codex/platform/stdio";
import type { Command } from "commander";
import { join } from "node:path";
import type { Finish } from "../command-entry.ts";
import { withParents } from "../shared-options.ts";
import { features } from "./features.ts";

/** `codex features list|enable|disable`. */
export function defineFeatures(program: Command, finish: Finish): void {
  const command = program.command("features").description("Inspect and switch feature flags");
  command
    .command("list")
    .description("Each feature with its stage and state")
    .option("--all", "Deprecated and removed ones too")
    .action((options: { all?: boolean }, self: Command) =>
      run(["list", ...(options.all ? ["--all"] : [])], self, finish),
    );
  for (const verb of ["enable", "disable"] as const) {
    command
      .command(verb)
      .description(`${verb === "enable" ? "Switch a feature on" : "Switch a feature off"} in config.toml`)
      .argument("<feature>")
      .action((name: string, _options, self: Command) => run([verb, name], self, finish));
  }
}

async function run(argv: string[], command: Command, finish: Finish): Promise<void> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) {
    stdio.err(`${home.error.message}\n`);
    return finish(1);
  }
  const { config = [], enable = [], disable = [], profile } = withParents(command);
  const input = { codexHome: home.value, cwd: process.cwd(), env, overrides: config, enable, disable, profile };
  finish(
    await features(argv, {
      userFile: join(home.value, "config.toml"),
      loadConfig: () => loadConfig(input),
      out: stdio.out,
      err: stdio.err,
    }),
  );
}
