import type { ToolContext } from "../tools/define-tool.ts";
import { shellArgv, type ShellSettings } from "./choose-shell.ts";
import { commandItem } from "./command-item.ts";
import type { CommandDeps, CommandRun } from "./command-run.ts";
import { outputBody, outputBudget } from "./output-text.ts";
import { startCommand } from "./start-command.ts";

/** `output` as the model may see it. */
export type UserCommandEnd = { readonly exitCode: number; readonly seconds: number; readonly output: string };

/** ms from SIGTERM to SIGKILL. */
const grace = 1000;

/**
 * A command of the user: nobody is asked and no sandbox holds it, as if it were typed into a terminal; the item says so. Ended
 * after `timeoutMs` and with the turn. Resolves when it has ended; its item is completed then.
 */
export async function runUserCommand(
  command: string,
  timeoutMs: number,
  context: ToolContext,
  deps: CommandDeps & { readonly shell: ShellSettings },
): Promise<UserCommandEnd> {
  const began = deps.clock.monotonic();
  const seconds = () => (deps.clock.monotonic() - began) / 1000;
  const argv = shellArgv({ cmd: command }, deps.shell);
  if (!argv.ok) return { exitCode: -1, seconds: 0, output: argv.error };
  const run = describeRun(argv.value, command, context, deps);
  const started = await startCommand(run, { outside: true }, context, deps);
  if (!started.ok) return { exitCode: -1, seconds: seconds(), output: started.error };
  const { session, settle } = started.value;
  settle();
  await session.wait(timeoutMs, context.signal);
  if (session.exitCode === undefined) {
    session.note(context.signal.aborted ? "(interrupted)" : `(ended after ${timeoutMs} ms)`);
    await session.kill(grace);
  }
  deps.sessions.release(session);
  const output = outputBody(session.all(), outputBudget(context.truncation, undefined));
  return { exitCode: session.exitCode ?? -1, seconds: seconds(), output };
}

function describeRun(argv: string[], command: string, context: ToolContext, deps: CommandDeps): CommandRun {
  const shown = { command: deps.display.line(argv), cwd: context.cwd, actions: deps.display.actions(command) };
  const id = deps.sessions.reserveId();
  const item = commandItem({ ...shown, processId: String(id), ofUser: true }, context, deps.clock);
  return { argv, id, shown, tty: false, escalated: true, reason: undefined, prefixRule: undefined, item };
}
