import { Option, type Command } from "commander";
import type { Finish } from "../command-entry.ts";

/** `codex app-server generate-ts` and `generate-json-schema`: the protocol for programs that are to speak it. */
export function defineGenerators(server: Command, finish: Finish): void {
  const types = server
    .command("generate-ts")
    .description("Write the protocol's types as TypeScript files")
    .addOption(outOption())
    .option("-p, --prettier <bin>", "A Prettier executable that is to format the files")
    .option("--experimental", "With the experimental methods and fields")
    .addHelpText("after", "\nExample:\n  codex app-server generate-ts --out src/codex-protocol")
    .action(async (options: { out: string; prettier?: string; experimental?: boolean }) => {
      const { generateTypeScript } = await import("../app-server/generate.ts");
      finish(await generateTypeScript(options));
    });
  const schema = server
    .command("generate-json-schema")
    .description("Write the protocol's JSON Schema files")
    .addOption(outOption())
    .option("--experimental", "With the experimental methods and fields")
    .addHelpText("after", "\nExample:\n  codex app-server generate-json-schema --out schema")
    .action(async (options: { out: string; experimental?: boolean }) => {
      const { generateJsonSchema } = await import("../app-server/generate.ts");
      finish(await generateJsonSchema(options));
    });
  for (const command of [types, schema]) addIdleOptions(command);
}

const outOption = (): Option =>
  new Option("-o, --out <dir>", "The folder for the files; made if it is missing").makeOptionMandatory();

/** The original takes them before every subcommand; no config decides what the protocol is. */
function addIdleOptions(command: Command): void {
  for (const flags of ["-c, --config <key=value>", "--enable <feature>", "--disable <feature>"]) {
    command.addOption(new Option(flags).hideHelp().argParser((value) => value));
  }
}
