import { Command, CommanderError } from "commander";
import { version } from "@codex/protocol/version";
import { stdio } from "@codex/platform/stdio";
import { commands, laterCommands } from "./commands.ts";
import { addSharedOptions, valueOptions } from "./shared-options.ts";

/** argv without the program's name → exit code. 2 for words that cannot be understood. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const chosen = chosenCommand(argv);
  if (chosen !== undefined && laterCommands.includes(chosen)) {
    stdio.err(`error: \`codex ${chosen}\` is not part of this build yet; \`codex --help\` lists what is.\n`);
    return 2;
  }
  let exitCode = 0;
  const program = await buildProgram(chosen, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** The command line as a tree: the chosen command (or, for "*", every one) in full, the others as a line in the help. */
export async function buildProgram(chosen: string | undefined, finish: (exitCode: number) => void): Promise<Command> {
  const program = configure(new Command("codex"))
    .description("A coding agent for the terminal")
    .version(`codex-cli ${version}`, "-V, --version", "Print version")
    .argument("[prompt]", "Start the terminal interface with a prompt")
    .helpCommand("help [command]", "Print this message or the help of the given command")
    .action((prompt?: string) => {
      stdio.err(
        prompt === undefined
          ? "The terminal interface is not part of this build yet; use `codex exec PROMPT`.\n"
          : `"${prompt}" is no command of \`codex\`, and the terminal interface is not part of this build yet; to send it to a model use \`codex exec\`.\n`,
      );
      finish(2);
    });
  addSharedOptions(program);
  for (const [name, entry] of Object.entries(commands)) {
    const wanted = chosen === "*" || chosen === name || (chosen !== undefined && entry.aliases?.includes(chosen));
    if (wanted) (await entry.load())(program, finish);
    else
      program
        .command(name)
        .aliases([...(entry.aliases ?? [])])
        .description(entry.summary);
  }
  for (const command of allCommands(program)) configure(command);
  return program;
}

const configure = (command: Command): Command =>
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: (text) => stdio.out(text), writeErr: (text) => stdio.err(text) });

const allCommands = (command: Command): Command[] => [command, ...command.commands.flatMap(allCommands)];

/** The first word that is neither an option nor an option's value; for `help X`, X. */
function chosenCommand(argv: readonly string[]): string | undefined {
  const words: string[] = [];
  for (let i = 0; i < argv.length && words.length < 2; i++) {
    const word = argv[i] ?? "";
    if (word === "--") break;
    if (valueOptions.has(word)) i++;
    else if (!word.startsWith("-")) words.push(word);
  }
  return words[0] === "help" ? words[1] : words[0];
}
