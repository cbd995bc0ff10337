import { pathKind } from "@codex/platform/read-file";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Confined } from "@codex/sandbox/launcher";
import { deniesReading } from "@codex/sandbox/permissions/file-rules";
import type { ToolContext } from "../tools/define-tool.ts";
import type { CommandDeps, CommandRun } from "./command-run.ts";
import type { ExecSession } from "./exec-session.ts";
import { retainedText } from "./output-text.ts";
import { quietProfile } from "./quiet-profile.ts";

/** How a command is started. */
export type Attempt = {
  /** It was granted to run outside the sandbox. */
  readonly outside: boolean;
  /** Of a second run: the first one's output and what was said about it, and the host that was opened for it. */
  readonly before?: { readonly output: string; readonly note: string } | undefined;
  readonly host?: string | undefined;
};

/** `settle` lets the item be completed when the command ends, or at once where it has ended. */
export type StartedCommand = { readonly session: ExecSession; settle(): void };

type Environment = Readonly<Record<string, string>>;

/**
 * Starts the command, confined unless it was granted to run outside the sandbox, and shows it; once it is settled, its item is
 * completed when it ends, whoever waits for it then. The error is a sentence that says why nothing runs; the item has failed
 * with it.
 */
export async function startCommand(
  run: CommandRun,
  attempt: Attempt,
  context: ToolContext,
  deps: CommandDeps,
): Promise<Result<StartedCommand, string>> {
  run.item.start("unifiedExecStartup");
  const began = deps.clock.monotonic();
  const started = await startConfined(run, attempt, context, deps);
  if (!started.ok) {
    run.item.complete({ status: "failed", output: started.error, exitCode: -1, durationMs: 0 });
    return started;
  }
  const session = started.value;
  const timed = session.exited.then(() => Math.round(deps.clock.monotonic() - began));
  return ok({ session, settle: () => void timed.then((durationMs) => complete(run, session, durationMs)) });
}

function complete({ item }: CommandRun, session: ExecSession, durationMs: number): void {
  const exitCode = session.exitCode ?? -1;
  const output = retainedText(session.all());
  item.complete({ status: exitCode === 0 ? "completed" : "failed", output, exitCode, durationMs });
}

async function startConfined(
  run: CommandRun,
  { outside, before, host }: Attempt,
  context: ToolContext,
  deps: CommandDeps,
): Promise<Result<ExecSession, string>> {
  const { cwd } = run.shown;
  if (pathKind(cwd) !== "directory") return err(`the working directory ${cwd} is not a directory`);
  // What must not be read stays closed for whom the user lets out, too; source: the original.
  const left = outside && context.fileRules !== undefined && deniesReading(context.fileRules);
  const policy = outside && !left ? ({ type: "dangerFullAccess" } as const) : context.sandboxPolicy;
  const confined = policy.type !== "dangerFullAccess" && policy.type !== "externalSandbox";
  const env = deps.environment({ threadId: context.threadId, callId: context.callId, confined, host });
  const argv = deps.settings?.quiet_profiles === true ? quietProfile(run.argv) : run.argv;
  const command = { argv, cwd, env, tty: run.tty };
  let started: ExecSession | undefined;
  const gate = confined ? await deps.gate(run, context, (sentence) => started?.note(sentence), host) : undefined;
  const prepared = await deps.launcher.prepare(command, {
    policy,
    workspaceRoots: deps.workspaceRoots,
    gate,
    rules: context.fileRules,
    left,
  });
  if (!prepared.ok) return err(prepared.error.message);
  if (!prepared.value.contained) deps.sessions.guard();
  if (prepared.value.notice !== undefined) deps.notice(prepared.value.notice);
  const session = spawnSession(prepared.value, env, { run, before }, context, deps);
  if (session.ok) started = session.value;
  return session;
}

function spawnSession(
  confined: Confined,
  env: Environment,
  { run, before }: { run: CommandRun } & Pick<Attempt, "before">,
  context: ToolContext,
  deps: CommandDeps,
): Result<ExecSession, string> {
  const { id, tty, item } = run;
  const { command, cwd } = run.shown;
  const options = {
    id,
    itemId: context.callId,
    shown: { command, cwd },
    tty,
    mark: markOf(env),
    onText: item.delta,
    before,
  };
  const session = deps.sessions.start(confined, options);
  if (!session.ok) {
    confined.dispose();
    return err(`${run.argv[0] ?? ""} could not be started in ${run.shown.cwd}: ${session.error}`);
  }
  void session.value.exited.then(() => confined.dispose());
  return session;
}

/** The entries by which this call's processes are known for ours, wherever they go; none unless both are there. */
function markOf(env: Environment): Environment {
  const { CODEX_THREAD_ID, CODEX_TOOL_CALL_ID } = env;
  return CODEX_THREAD_ID === undefined || CODEX_TOOL_CALL_ID === undefined
    ? {}
    : { CODEX_THREAD_ID, CODEX_TOOL_CALL_ID };
}
