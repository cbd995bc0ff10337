import { Type as T, type Static } from "@sinclair/typebox";
import { resolve } from "node:path";
import { askPermission } from "../exec-session/ask-permission.ts";
import { shellArgv, type ShellSettings } from "../exec-session/choose-shell.ts";
import { commandItem } from "../exec-session/command-item.ts";
import type { CommandDeps, CommandRun } from "../exec-session/command-run.ts";
import { reportSession } from "../exec-session/report-session.ts";
import type { MissingGrant } from "../exec-session/missing-grant.ts";
import { offerGrant, type Offered } from "../exec-session/offer-grant.ts";
import type { Offers } from "../exec-session/offers.ts";
import { retainedText } from "../exec-session/output-text.ts";
import { startCommand, type Attempt, type StartedCommand } from "../exec-session/start-command.ts";
import { findPatchInCommand } from "../patch/patch-in-command.ts";
import { defineTool, type FunctionTool, type ToolContext, type ToolOutcome } from "./define-tool.ts";
import description from "./exec-command.md" with { type: "text" };

const parameters = T.Object(
  {
    cmd: T.String({ description: "The shell command." }),
    workdir: T.Optional(T.String({ description: "Where it runs; the thread's working directory by default." })),
    shell: T.Optional(T.String({ description: "The shell that runs it; the user's own by default." })),
    login: T.Optional(T.Boolean({ description: "Whether it is a login shell (-l); true by default." })),
    tty: T.Optional(
      T.Boolean({
        description: "True gives it a terminal, and keeps input open; by default it has pipes and no input.",
      }),
    ),
    yield_time_ms: T.Optional(
      T.Number({ description: "How long to wait for its end before answering: 250 to 30000, 10000 by default." }),
    ),
    max_output_tokens: T.Optional(
      T.Number({
        description: "How much of its output to return, 10000 tokens by default; there may be a lower limit.",
      }),
    ),
    sandbox_permissions: T.Optional(
      T.Union([T.Literal("use_default"), T.Literal("require_escalated")], {
        description: "`require_escalated` runs it outside the sandbox, which the user is asked about.",
      }),
    ),
    justification: T.Optional(
      T.String({ description: "With `require_escalated` only: the question to the user, in a sentence." }),
    ),
    prefix_rule: T.Optional(
      T.Array(T.String(), {
        description:
          'With `require_escalated` only: the first words of commands that the user may allow for good, as ["git", "pull"].',
      }),
    ),
  },
  { additionalProperties: false },
);
type Args = Static<typeof parameters>;

export type ExecCommandDeps = CommandDeps & {
  readonly shell: ShellSettings;
  applyPatch(patch: string, context: ToolContext): Promise<ToolOutcome>;
};

/** Runs shell commands in sessions that may outlive the call. */
export const makeExecCommand = (deps: ExecCommandDeps): FunctionTool =>
  defineTool({
    name: "exec_command",
    description: description.trim(),
    parameters,
    run: (args, context) => execCommand(args, context, deps),
  });

async function execCommand(args: Args, context: ToolContext, deps: ExecCommandDeps): Promise<ToolOutcome> {
  const problem = argumentProblem(args);
  if (problem !== undefined) return refusal(problem);
  const cwd = resolve(context.cwd, args.workdir ?? ".");
  const patch = findPatchInCommand(args.cmd);
  if (patch) return applyFound(patch.patch, { ...context, cwd: resolve(cwd, patch.workdir ?? ".") }, deps);

  const argv = shellArgv(args, deps.shell);
  if (!argv.ok) return refusal(`exec_command failed: ${argv.error}`);
  const run = describeRun(argv.value, cwd, args, context, deps);
  const permission = await askPermission(run, context, deps);
  return permission.granted ? runCommand(args, run, permission.outside, context, deps) : refusal(permission.message);
}

const refusal = (forModel: string): ToolOutcome => ({ ok: false, forModel });

function argumentProblem({ sandbox_permissions, justification, prefix_rule }: Args): string | undefined {
  if (sandbox_permissions !== undefined) return undefined;
  const stray = justification !== undefined ? "justification" : prefix_rule !== undefined ? "prefix_rule" : undefined;
  return (
    stray &&
    `\`${stray}\` goes only with \`sandbox_permissions: "require_escalated"\`: add that to run outside the sandbox, or leave \`${stray}\` out.`
  );
}

/** A script that only applies a patch is applied by us: checked against the policy, and shown as the change it is. */
async function applyFound(patch: string, context: ToolContext, deps: ExecCommandDeps): Promise<ToolOutcome> {
  const outcome = await deps.applyPatch(patch, context);
  if (!outcome.ok || typeof outcome.forModel !== "string") return outcome;
  return { ok: true, forModel: `Wall time: 0.0000 seconds\nOutput:\n${outcome.forModel}` };
}

function describeRun(
  argv: string[],
  cwd: string,
  args: Args,
  context: ToolContext,
  { sessions, display, clock }: CommandDeps,
): CommandRun {
  const shown = { command: display.line(argv), cwd, actions: display.actions(args.cmd) };
  const id = sessions.reserveId();
  return {
    argv,
    id,
    shown,
    tty: args.tty === true,
    escalated: args.sandbox_permissions === "require_escalated",
    reason: args.justification,
    prefixRule: args.prefix_rule,
    item: commandItem({ ...shown, processId: String(id) }, context, clock),
  };
}

/**
 * Starts it, waits a while, and tells what there is. Where the sandbox has stopped it, the user may grant what it lacked: then it
 * runs again, and all of it is one item and one output.
 */
async function runCommand(
  args: Args,
  run: CommandRun,
  outside: boolean,
  context: ToolContext,
  deps: CommandDeps,
): Promise<ToolOutcome> {
  const { offers } = deps;
  const granted: MissingGrant[] = [];
  let attempt: Attempt = { outside };
  let sandbox: Partial<ToolContext> = {};
  for (let offersLeft = outside || !offers ? 0 : mostOffers; ; offersLeft--) {
    const began = deps.clock.monotonic();
    const started = await startCommand(run, attempt, { ...context, ...sandbox }, deps);
    if (!started.ok) return refusal(`exec_command failed: ${started.error}`);
    const { session, settle } = started.value;
    if (offersLeft === 0) settle();
    await session.wait(waitMs(args.yield_time_ms), context.signal);
    const wallMs = deps.clock.monotonic() - began;
    if (context.signal.aborted && session.exitCode === undefined) {
      settle();
      await session.kill(interruptGrace);
      deps.sessions.release(session);
      return refusal(`Wall time: ${(wallMs / 1000).toFixed(1)} seconds\naborted by user`);
    }
    const offered = offersLeft > 0 && offers ? await offer(started.value, run, context, { granted, offers }) : none;
    if (offered.kind === "granted") {
      const { grant, note } = offered;
      granted.push(grant);
      attempt = { outside, before: { output: retainedText(session.all()), note }, host: hostOf(grant) ?? attempt.host };
      sandbox = offered.sandbox;
      deps.sessions.release(session);
      continue;
    }
    const told = reportSession(session, { wallMs, maxOutputTokens: args.max_output_tokens }, context, deps.sessions);
    return offered.kind === "declined" ? { ...told, forModel: `${told.forModel}\ncodex: ${offered.note}` } : told;
  }
}

/** A command may lack one thing after the other, but nobody is asked for ever. */
const mostOffers = 3;
const none = { kind: "none" } as const;
const hostOf = (grant: MissingGrant): string | undefined => (grant.kind === "host" ? grant.host : undefined);

/** Settles the command unless it is to run again. */
async function offer(
  { session, settle }: StartedCommand,
  run: CommandRun,
  context: ToolContext,
  grants: { granted: readonly MissingGrant[]; offers: Offers },
): Promise<Offered> {
  let offered: Offered = none;
  try {
    offered = await offerGrant(session, run, context, grants);
    return offered;
  } finally {
    if (offered.kind !== "granted") settle();
  }
}

/** ms from SIGTERM to SIGKILL when the user interrupts; shorter than what the turn waits for its tools. */
const interruptGrace = 1000;

const waitMs = (asked = 10_000): number => Math.min(Math.max(asked, 250), 30_000);
