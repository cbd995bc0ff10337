import type { SessionChoice } from "@codex/exec/options";
import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { bypasses } from "../load-input.ts";
import { addRemoteOptions } from "../remote-options.ts";
import { addSharedOptions, withParents } from "../shared-options.ts";
import { addExecOptions, laterOptions, type ExecFlags } from "./exec-options.ts";

/** `codex exec [PROMPT]`, `codex exec resume`, `codex exec fork`. */
export function defineExec(program: Command, finish: Finish): void {
  const exec = program
    .command("exec")
    .alias("e")
    .description("Run Codex non-interactively")
    .argument("[prompt]", "What to do; `-` or nothing reads it from stdin, and text piped in beside it is added to it")
    .helpCommand("help [command]", "Print this message or the help of the given command")
    .addHelpText("after", execExamples)
    .action((prompt: string | undefined, _options, command: Command) => run(command, { type: "new" }, prompt, finish));

  const resume = exec
    .command("resume")
    .description("Go on with a session: by id or name, or the newest with --last")
    .argument("[session]", "Session id or name")
    .argument("[prompt]", "What to say next; `-` or nothing reads it from stdin")
    .option("--last", "Resume the newest session of this folder; the first word is then the prompt")
    .option("--all", "With --last: of every folder")
    .addHelpText("after", '\nExample:\n  codex exec resume --last "now fix the second one too"')
    .action((session: string | undefined, prompt: string | undefined, options: ResumeFlags, command: Command) =>
      resumeSession(command, { session, prompt }, options, finish),
    );

  const fork = exec
    .command("fork")
    .description("Go on from a session in a new one, which leaves the first as it is")
    .argument("<session>", "Session id or name")
    .argument("[prompt]", "What to say next; `-` or piped text is read from stdin; without one only the fork is made")
    .action((session: string, prompt: string | undefined, _options, command: Command) =>
      run(command, { type: "fork", session }, prompt, finish),
    );

  for (const command of [exec, resume, fork]) laterOptions(addRemoteOptions(addExecOptions(addSharedOptions(command))));
  defineReview(exec);
}

const execExamples = `
Examples:
  codex exec "explain what this repository does"
  git diff | codex exec --json -s workspace-write "review this change and fix what is wrong"`;

type ResumeFlags = { last?: boolean; all?: boolean };
type Words = { session: string | undefined; prompt: string | undefined };

async function resumeSession(
  command: Command,
  words: Words,
  { last, all }: ResumeFlags,
  finish: Finish,
): Promise<void> {
  const { session, prompt } = words;
  if (last && session !== undefined && prompt !== undefined) {
    command.error("error: name a session or use --last, not both");
  }
  if (!last && session === undefined) command.error("error: name a session, or use --last for the newest one");
  const allFolders = all === true;
  if (last) return run(command, { type: "resume", session: undefined, allFolders }, session, finish);
  return run(command, { type: "resume", session, allFolders }, prompt, finish);
}

/** The original's third subcommand: kept apart, so that the word is never taken for a prompt. */
const defineReview = (exec: Command): Command =>
  exec
    .command("review", { hidden: true })
    .allowUnknownOption()
    .allowExcessArguments()
    .action((_options, command: Command) =>
      command.error('error: `codex exec review` is not part of this build yet; ask for it: codex exec "review …".'),
    );

async function run(
  command: Command,
  session: SessionChoice,
  prompt: string | undefined,
  finish: Finish,
): Promise<void> {
  const flags = withParents<ExecFlags>(command);
  if (flags.approveForMe && (flags.sandbox !== undefined || bypasses(flags))) {
    const message = "error: --approve-for-me chooses the workspace-write sandbox; leave out every other choice of one.";
    command.error(message, { exitCode: 2 });
  }
  const { runExecCommand } = await import("../run-exec-command.ts");
  finish(await runExecCommand({ session, prompt, flags }));
}
