import type { ProtocolClient } from "@codex/app-server/client";
import { fail, type CodexError } from "@codex/protocol/errors";
import type { UserInput } from "@codex/protocol/items";
import type { ThreadOpened } from "@codex/protocol/methods/thread-opened";
import { ok, type Result } from "@codex/protocol/result";
import type { Turn } from "@codex/protocol/thread";
import { findSession } from "./find-session.ts";
import type { ExecIo, ExecOptions } from "./options.ts";
import { printHuman } from "./print-human.ts";
import { printJson } from "./print-json.ts";
import type { Printer, Writers } from "./printer.ts";
import { stopRequest, type StopReason, type StopRequest } from "./stop-request.ts";

/** How a run ended: a process exit code, and what stopped it before its turn began. */
export type ExecEnd = { exitCode: number; error?: CodexError };

/**
 * One headless run: opens a thread, runs one turn, shows it, and says how it ended. 0 when the turn completed, 1 when it failed,
 * was interrupted or could not be shown, 143 after SIGTERM.
 */
export async function runExec(
  client: ProtocolClient,
  options: ExecOptions,
  prompt: string,
  io: ExecIo,
): Promise<ExecEnd> {
  const stop = stopRequest();
  const stopListening = io.onSignal((signal) => stop.ask({ signal }));
  try {
    return await runTurn(client, options, prompt, io, stop);
  } finally {
    stopListening();
  }
}

async function runTurn(
  client: ProtocolClient,
  options: ExecOptions,
  prompt: string,
  io: ExecIo,
  stop: StopRequest,
): Promise<ExecEnd> {
  const opened = await openThread(client, options);
  if (!opened.ok) return { exitCode: 1, error: opened.error };
  const write = writers(io, stop);
  const printer = options.output === "json" ? printJson(write, options) : printHuman(write, options);
  const threadId = opened.value.thread.id;
  if (prompt === "" && options.images.length === 0) {
    printer.started(opened.value, prompt);
    return endOf(stop.reason) ?? { exitCode: 0 };
  }

  const turn = await client.request("turn/start", {
    threadId,
    input: userInput(prompt, options.images),
    turnTrigger: "exec",
    outputSchema: options.outputSchema,
  });
  if (!turn.ok) return { exitCode: 1, error: turn.error };
  const turnId = turn.value.turn.id;
  printer.started(opened.value, prompt);
  stop.whenAsked(() => void client.request("turn/interrupt", { threadId, turnId }));
  const { ended, lastMessage } = await follow(client, turnId, printer);

  printer.finished(lastMessage);
  if (!ended) return endOf(stop.reason) ?? { exitCode: 1, error: fail("serverGone") };
  const unwritten = await writeLastMessage(options, lastMessage ?? "", io);
  return endOf(stop.reason) ?? { exitCode: ended.status === "completed" && !unwritten ? 0 : 1 };
}

/** Output that cannot be written ends the run, since it would be lost; a lost diagnostic does where its reader has gone. */
function writers(io: ExecIo, stop: StopRequest): Pick<ExecIo, "sameScreen"> & Writers {
  return {
    sameScreen: io.sameScreen,
    out: (text) => {
      // Whoever ends the program itself has stopped listening: the SDKs take a further line for the turn's own failure.
      if (isTermination(stop.reason)) return;
      const problem = io.out(text);
      if (problem !== undefined) stop.ask({ unwritable: problem });
    },
    err: (text) => {
      const problem = io.err(text);
      if (problem === brokenPipe) stop.ask({ unwritable: problem });
    },
  };
}

const isTermination = (reason: StopReason | undefined): boolean =>
  reason !== undefined && "signal" in reason && reason.signal === "SIGTERM";

const brokenPipe = "broken pipe";

/** How a run ends that was stopped, where the turn itself does not say it. A reader that has gone is told nothing. */
function endOf(reason: StopReason | undefined): ExecEnd | undefined {
  if (reason === undefined) return undefined;
  if (isTermination(reason)) return { exitCode: 143 };
  if ("signal" in reason) return undefined;
  if (reason.unwritable === brokenPipe) return { exitCode: 1 };
  return { exitCode: 1, error: fail("usage", `Cannot write to standard output: ${reason.unwritable}.`) };
}

async function openThread(client: ProtocolClient, options: ExecOptions): Promise<Result<ThreadOpened>> {
  const { session, cwd, ephemeral, threadSource = "user" } = options;
  const overrides = {
    cwd,
    // Nobody is there to be asked, but perhaps a reviewer.
    approvalPolicy: options.reviewed ? ("on-request" as const) : ("never" as const),
    runtimeWorkspaceRoots: [...options.addedRoots],
  };
  const found = session.type === "new" ? ok(undefined) : await findSession(client, session, cwd);
  if (!found.ok) return found;
  const threadId = found.value;
  if (threadId === undefined) {
    return client.request("thread/start", { ...options.settingsOfNew, ...overrides, threadSource, ephemeral });
  }
  const settings = { ...options.settings, ...overrides };
  return session.type === "fork"
    ? client.request("thread/fork", { ...settings, threadId, threadSource, ephemeral, excludeTurns: true })
    : client.request("thread/resume", { ...settings, threadId, excludeTurns: true });
}

const userInput = (prompt: string, images: readonly string[]): UserInput[] => [
  ...images.map((path): UserInput => ({ type: "localImage", path })),
  ...(prompt === "" ? [] : [{ type: "text" as const, text: prompt, text_elements: [] }]),
];

/** Shows what comes until the turn has ended, or the server has gone. */
async function follow(
  client: ProtocolClient,
  turnId: string,
  printer: Printer,
): Promise<{ ended: Turn | undefined; lastMessage: string | undefined }> {
  let lastMessage: string | undefined;
  for await (const notification of client.notifications()) {
    // What a resumed session had used before is no news of this turn.
    if (notification.method === "thread/tokenUsage/updated" && notification.params.turnId !== turnId) continue;
    printer.show(notification);
    if (notification.method === "item/completed") {
      const { item } = notification.params;
      if (item.type === "agentMessage" && !item.incomplete) lastMessage = item.text;
    }
    if (notification.method === "turn/completed" && notification.params.turn.id === turnId) {
      return { ended: notification.params.turn, lastMessage };
    }
  }
  return { ended: undefined, lastMessage };
}

/** True where the file could not be written; the person has then been told. */
async function writeLastMessage(options: ExecOptions, text: string, io: ExecIo): Promise<boolean> {
  if (options.lastMessageFile === undefined) return false;
  const problem = await io.writeFile(options.lastMessageFile, text);
  if (problem === undefined) return false;
  io.err(`Cannot write the last message to ${options.lastMessageFile}: ${problem}.\n`);
  return true;
}
