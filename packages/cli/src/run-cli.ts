import { Command, CommanderError } from "commander";
import { version } from "@codex/protocol/version";
import { stdio } from "@codex/platform/stdio";
import { laterOptions } from "./commands/exec-options.ts";
import type { Finish } from "./command-entry.ts";
import { commands, laterCommands } from "./commands.ts";
import { addSharedOptions, valueOptions } from "./shared-options.ts";

/** argv without the program's name → exit code. 2 for words that cannot be understood. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const chosen = chosenCommand(argv);
  if (chosen !== undefined && laterCommands.includes(chosen)) {
    stdio.err(`error: \`codex ${chosen}\` is not part of this build yet; \`codex --help\` lists what is.\n`);
    return 2;
  }
  if (argv[0] === "help" && chosen !== undefined && !isCommand(chosen)) return refuseWords([chosen]);
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
export async function buildProgram(chosen: string | undefined, finish: Finish): Promise<Command> {
  const program = new Command("codex")
    .description("A coding agent for the terminal")
    .version(`codex-cli ${version}`, "-V, --version", "Print version")
    .usage("[options] <command>")
    .argument("[prompt]", "For the terminal interface, which is not part of this build yet")
    .helpCommand("help [command]", "Print this message or the help of the given command")
    .addHelpText("after", '\nExample:\n  codex exec "find out why the tests fail"')
    .action(async (_prompt, _options, self: Command) => finish(await refuseWords(self.args)));
  laterOptions(addSharedOptions(program));
  for (const [name, entry] of Object.entries(commands)) {
    const wanted = chosen === "*" || chosen === name || (chosen !== undefined && entry.aliases?.includes(chosen));
    if (wanted) (await entry.load())(program, finish, () => buildProgram("*", finish));
    else
      program
        .command(name, entry.hidden ? { hidden: true } : {})
        .aliases([...(entry.aliases ?? [])])
        .description(entry.summary);
  }
  for (const command of allCommands(program)) configure(command);
  // Only here and last, since commands inherit it: their words are counted.
  return program.allowExcessArguments();
}

const isCommand = (word: string): boolean =>
  word === "help" || Object.entries(commands).some(([name, { aliases }]) => name === word || aliases?.includes(word));

const configure = (command: Command): Command =>
  command
    .exitOverride()
    .showSuggestionAfterError()
    .helpOption("-h, --help", "Print help")
    .configureOutput({
      writeOut: (text) => stdio.out(text),
      writeErr: (text) => stdio.err(text),
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
    });

/** Columns, on every terminal and in a pipe. */
const helpWidth = 110;

const allCommands = (command: Command): Command[] => [command, ...command.commands.flatMap(allCommands)];

/** What follows `codex` and is no command: a slip, or a prompt for the interface that is not there. Never sent to a model. */
async function refuseWords(words: readonly string[]): Promise<number> {
  const [word] = words;
  const { nearest } = await import("@codex/config/nearest");
  const meant = word === undefined ? undefined : nearest(word, [...Object.keys(commands), "help"]);
  if (word === undefined) {
    stdio.err(
      "The terminal interface is not part of this build yet; use `codex exec PROMPT`, or see `codex --help`.\n",
    );
  } else if (meant !== undefined) {
    stdio.err(`error: \`codex\` has no command "${word}"; did you mean \`codex ${meant}\`?\n`);
  } else {
    const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
    stdio.err(
      `error: ${JSON.stringify(shown)} is no command of \`codex\`, and the terminal interface is not part of this build yet; to send it to a model use \`codex exec\`.\n`,
    );
  }
  return 2;
}

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
