import type { Command } from "commander";
import type { Finish } from "../commands.ts";
import { addSharedOptions, withParents } from "../shared-options.ts";
import { addExecOptions, laterOptions, type ExecFlags } from "./exec-options.ts";

/** `codex exec [PROMPT]`, `codex exec resume`, `codex exec fork`. */
export function defineExec(program: Command, finish: Finish): void {
  const exec = program
    .command("exec")
    .alias("e")
    .description("Run Codex non-interactively")
    .argument(
      "[prompt]",
      "What the agent is to do; read from stdin when left out or `-`, and a piped stdin is added to it",
    )
    .helpCommand(false)
    .action((prompt: string | undefined, _options, command: Command) => run(command, { type: "new" }, prompt, finish));
  for (const command of [exec]) addExecOptions(addSharedOptions(command));

  const resume = exec
    .command("resume")
    .description("Resume a session by id or name, or the newest with --last")
    .argument("[session]", "Session id or name")
    .argument("[prompt]", "What to say next; `-` reads it from stdin")
    .option("--last", "Resume the newest session of this folder")
    .option("--all", "With --last: of every folder")
    .action((session: string | undefined, prompt: string | undefined, options: ResumeFlags, command: Command) => {
      // With --last there is no session to name: the first word is the prompt.
      const words =
        options.last && prompt === undefined ? { session: undefined, prompt: session } : { session, prompt };
      const choice = { type: "resume", session: words.session, allFolders: options.all === true } as const;
      if (words.session === undefined && !options.last) {
        command.error("error: name a session, or use --last for the newest one");
      }
      return run(command, choice, words.prompt, finish);
    });
  addExecOptions(addSharedOptions(resume));

  const fork = exec
    .command("fork")
    .description("Go on from a session in a new one")
    .argument("<session>", "Session id or name")
    .argument("[prompt]", "What to say next; `-` reads it from stdin")
    .action((session: string, prompt: string | undefined, _options, command: Command) =>
      run(command, { type: "fork", session }, prompt, finish),
    );
  addExecOptions(addSharedOptions(fork));

  for (const command of [exec, resume, fork]) laterOptions(command);
}

type ResumeFlags = { last?: boolean; all?: boolean };
type Choice = Parameters<(typeof import("../run-exec-command.ts"))["runExecCommand"]>[0]["session"];

async function run(command: Command, session: Choice, prompt: string | undefined, finish: Finish): Promise<void> {
  const { runExecCommand } = await import("../run-exec-command.ts");
  finish(await runExecCommand({ session, prompt, flags: withParents<ExecFlags>(command) }));
}
