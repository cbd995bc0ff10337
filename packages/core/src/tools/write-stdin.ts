import { Type as T, type Static } from "@sinclair/typebox";
import type { Clock } from "@codex/platform/clock";
import type { ExecSessions } from "../exec-session/exec-sessions.ts";
import { reportSession } from "../exec-session/report-session.ts";
import { defineTool, type FunctionTool, type ToolContext, type ToolOutcome } from "./define-tool.ts";
import description from "./write-stdin.md" with { type: "text" };

const parameters = T.Object(
  {
    session_id: T.Number({ description: "The session ID that `exec_command` gave." }),
    chars: T.Optional(T.String({ description: "What to type, control characters included; empty to wait only." })),
    yield_time_ms: T.Optional(
      T.Number({
        description:
          "How long to wait for its end before answering: after typing 250 (the default) to 30000, else 5000 (the default) to 300000.",
      }),
    ),
    max_output_tokens: T.Optional(
      T.Number({
        description: "How much of its output to return, 10000 tokens by default; there may be a lower limit.",
      }),
    ),
  },
  { additionalProperties: false },
);
type Args = Static<typeof parameters>;

type WriteStdinDeps = { readonly sessions: ExecSessions; readonly clock: Clock };

/** Types into sessions that `exec_command` began, and waits for them. */
export const makeWriteStdin = (deps: WriteStdinDeps): FunctionTool =>
  defineTool({
    name: "write_stdin",
    description: description.trim(),
    parameters,
    run: (args, context) => writeStdin(args, context, deps),
  });

async function writeStdin(args: Args, context: ToolContext, deps: WriteStdinDeps): Promise<ToolOutcome> {
  const { chars = "" } = args;
  const session = deps.sessions.find(args.session_id);
  if (session === undefined) return refusal(`Unknown process id ${args.session_id}`);
  if (chars !== "" && !session.takesInput) {
    return refusal("stdin is closed for this session; run the command again with tty=true to keep it open");
  }
  const began = deps.clock.monotonic();
  const { threadId, turnId } = context;
  const interaction = { threadId, turnId, itemId: session.itemId, processId: String(session.id), stdin: chars };
  context.emit({ method: "item/commandExecution/terminalInteraction", params: interaction });
  if (chars !== "") session.write(chars);
  await session.wait(waitMs(args), context.signal);
  const wallMs = deps.clock.monotonic() - began;
  if (context.signal.aborted && session.exitCode === undefined) {
    // Only the waiting ends: the command was begun by a call that had its answer.
    return { ok: false, forModel: `Wall time: ${(wallMs / 1000).toFixed(1)} seconds\naborted by user` };
  }
  return reportSession(session, { wallMs, maxOutputTokens: args.max_output_tokens }, context, deps.sessions);
}

const refusal = (why: string): ToolOutcome => ({ ok: false, forModel: `write_stdin failed: ${why}` });

function waitMs({ chars = "", yield_time_ms }: Args): number {
  const [least, most] = chars === "" ? [5_000, 300_000] : [250, 30_000];
  return Math.min(Math.max(yield_time_ms ?? least, least), most);
}
