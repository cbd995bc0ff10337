import type { ProtocolClient } from "@codex/app-server/client";
import type { ExecEvent } from "@codex/exec/exec-event";
import { runExec } from "@codex/exec/run-exec";
import type { ExecIo, ExecOptions } from "@codex/exec/options";
import { onSignal } from "@codex/platform/on-signal";
import { stdio } from "@codex/platform/stdio";
import { writeText } from "@codex/platform/write-text";
import { ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import type { ExecFlags } from "./commands/exec-options.ts";
import { compose } from "./compose.ts";
import { earlySignals } from "./early-signals.ts";
import type { ExecCommand } from "./exec-command.ts";
import { prepareExec } from "./prepare-exec.ts";
import { refuse } from "./refuse.ts";

/** `codex exec` from parsed argv to its exit code: config, prompt, thread, turn. */
export async function runExecCommand(command: ExecCommand): Promise<number> {
  const signals = earlySignals((signal) => sayInterrupted(signal, command.flags));
  try {
    return await Promise.race([signals.interrupted, run(command, signals.handOver)]);
  } finally {
    signals.stop();
  }
}

async function run(command: ExecCommand, listen: ExecIo["onSignal"]): Promise<number> {
  const opened = isRemote(command) ? await openRemote(command) : await openHere(command);
  if (!opened.ok) return refuse(opened.error);
  const { options, prompt, client, close } = opened.value;
  try {
    const hello = await client.request("initialize", {
      clientInfo: { name: "codex_exec", version },
      capabilities: { experimentalApi: true },
    });
    if (!hello.ok) return refuse(hello.error);
    const end = await runExec(client, options, prompt, {
      out: (text) => stdio.offer("out", text),
      err: (text) => stdio.offer("err", text),
      sameScreen: stdio.isTerminal("out") && stdio.isTerminal("err"),
      writeFile: writeText,
      onSignal: listen,
    });
    return end.error ? refuse(end.error) : end.exitCode;
  } finally {
    // What the commands left behind is ended here, and one impatient signal must not stop that half-way.
    onSignal(() => undefined);
    await close();
  }
}

type Opened = { options: ExecOptions; prompt: string; client: ProtocolClient; close(): Promise<void> };

async function openHere(command: ExecCommand): Promise<Result<Opened>> {
  const prepared = await prepareExec(command);
  if (!prepared.ok) return prepared;
  const { options, prompt, composition } = prepared.value;
  return ok({ options, prompt, ...compose(composition) });
}

const isRemote = ({ flags }: ExecCommand): boolean =>
  flags.remote !== undefined || flags.remoteAuthTokenEnv !== undefined;

async function openRemote(command: ExecCommand): Promise<Result<Opened>> {
  const { prepareRemoteExec } = await import("./prepare-remote-exec.ts");
  const prepared = await prepareRemoteExec(command);
  if (!prepared.ok) return prepared;
  const { client } = prepared.value;
  return ok({ ...prepared.value, close: async () => client.close() });
}

/** Who sends SIGTERM no longer reads standard output. */
function sayInterrupted(signal: "SIGINT" | "SIGTERM", { json, experimentalJson }: ExecFlags): void {
  const event: ExecEvent = { type: "turn.failed", error: { message: "interrupted" } };
  if (!json && !experimentalJson) stdio.err("ERROR: interrupted\n");
  else if (signal === "SIGINT") stdio.out(`${JSON.stringify(event)}\n`);
}
