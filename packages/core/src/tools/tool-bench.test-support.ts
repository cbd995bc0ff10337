import { findProgram } from "@codex/platform/find-program";
import { systemClock } from "@codex/platform/clock";
import type { CommandDecision, ServerRequestParams } from "@codex/protocol/approvals";
import { parseJson } from "@codex/protocol/json";
import type { ThreadItemOf } from "@codex/protocol/items";
import type { ThreadEvent } from "@codex/protocol/notifications";
import { ok } from "@codex/protocol/result";
import type { Command, Launcher, Session } from "@codex/sandbox/launcher";
import { openRules } from "@codex/sandbox/rules/open-rules";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExecSessions } from "../exec-session/exec-sessions.ts";
import type { ToolContext, ToolOutcome } from "./define-tool.ts";
import { makeExecCommand, type ExecCommandDeps } from "./exec-command.ts";
import { makeWriteStdin } from "./write-stdin.ts";

type Asked = ServerRequestParams["item/commandExecution/requestApproval"];

/** The command tools with all they need, in a folder of their own and without a sandbox, and everything they did. */
export function toolBench(overrides: Partial<ExecCommandDeps> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "tool-bench-"));
  const threadId = crypto.randomUUID();
  const spoolFolder = join(cwd, "spool");
  const sessions = new ExecSessions(spoolFolder, { CODEX_THREAD_ID: threadId });
  const events: ThreadEvent[] = [];
  const prepared: { command: Command; session: Session }[] = [];
  const asked: Asked[] = [];
  const notices: string[] = [];
  let disposed = 0;
  const launcher: Launcher = {
    async prepare(command, session) {
      prepared.push({ command, session });
      const dispose = () => {
        disposed += 1;
      };
      return ok({ ...command, fds: [], takesTerminal: false, contained: true, dispose });
    },
  };
  const deps: ExecCommandDeps = {
    sessions,
    launcher,
    clock: systemClock,
    workspaceRoots: [cwd],
    approved: new Set(),
    rules: openRules({ fixed: [], own: join(cwd, "rules"), amended: join(cwd, "rules"), home: cwd }),
    shell: {
      path: "/bin/bash",
      allowLogin: false,
      find: (program) => findProgram(program, process.env["PATH"] ?? "", cwd),
    },
    environment: ({ threadId, callId }) => ({
      PATH: process.env["PATH"] ?? "/usr/bin:/bin",
      CODEX_THREAD_ID: threadId,
      CODEX_TOOL_CALL_ID: callId,
    }),
    display: {
      line: (argv) => argv.join(" "),
      actions: (command) => [{ type: "unknown", command }],
    },
    gate: async () => undefined,
    notice: (sentence) => void notices.push(sentence),
    applyPatch: async () => ({ ok: false, forModel: "no patches here" }),
    ...overrides,
  };
  const execCommand = makeExecCommand(deps);
  const writeStdin = makeWriteStdin({ sessions, clock: systemClock });
  let calls = 0;

  /** A call's context; `answer` is what the user decides, and none means that nobody is asked. */
  function contextOf(changes: Partial<ToolContext> = {}, answer?: CommandDecision): ToolContext {
    return {
      threadId,
      turnId: "turn",
      callId: `call_${calls++}`,
      cwd,
      sandboxPolicy: { type: "dangerFullAccess" },
      approvalPolicy: "never",
      truncation: { mode: "tokens", limit: 10_000 },
      signal: new AbortController().signal,
      emit: (event) => void events.push(event),
      async ask(_method, params) {
        if (answer === undefined) throw new Error("nobody answers");
        asked.push(params as Asked);
        return parseJson(JSON.stringify({ decision: answer })) as never;
      },
      ...changes,
    };
  }

  return {
    cwd,
    spoolFolder,
    threadId,
    sessions,
    events,
    prepared,
    asked,
    notices,
    disposed: () => disposed,
    contextOf,
    exec: (args: Parameters<typeof execCommand.run>[0], context = contextOf()) => execCommand.run(args, context),
    type: (args: Parameters<typeof writeStdin.run>[0], context = contextOf()) => writeStdin.run(args, context),
    /** The command items that have been completed, in their order. */
    completed: () =>
      events.flatMap((event) =>
        event.method === "item/completed" && event.params.item.type === "commandExecution"
          ? [event.params.item satisfies ThreadItemOf<"commandExecution">]
          : [],
      ),
    streamed: () =>
      events
        .flatMap(({ method, params }) => (method === "item/commandExecution/outputDelta" ? [params.delta] : []))
        .join(""),
  };
}

/** The outcome's text, without what differs from run to run. */
export function plain({ forModel }: ToolOutcome): string {
  if (typeof forModel !== "string") throw new Error("parts, not text");
  return forModel
    .replace(/^Chunk ID: [0-9a-f]{6}\n/, "")
    .replace(/^Wall time: \d+\.\d{4} seconds\n/, "")
    .replace(/session ID \d+/, "session ID N");
}

/** The id of the session that the outcome tells of. */
export function sessionId({ forModel }: ToolOutcome): number {
  const id = /session ID (\d+)/.exec(String(forModel))?.[1];
  if (id === undefined) throw new Error(`no session: ${String(forModel)}`);
  return Number(id);
}
