import type { ExecEvent } from "@codex/exec/project";
import { runExec } from "@codex/exec/run-exec";
import type { ExecIo, SessionChoice } from "@codex/exec/options";
import { onSignal } from "@codex/platform/on-signal";
import { stdio } from "@codex/platform/stdio";
import { writeText } from "@codex/platform/write-text";
import { version } from "@codex/protocol/version";
import type { ExecFlags } from "./commands/exec-options.ts";
import { compose } from "./compose.ts";
import { earlySignals } from "./early-signals.ts";
import { prepareExec } from "./prepare-exec.ts";
import { refuse } from "./refuse.ts";

export type ExecCommand = {
  readonly session: SessionChoice;
  readonly prompt: string | undefined;
  readonly flags: ExecFlags;
};

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
  const prepared = await prepareExec(command);
  if (!prepared.ok) return refuse(prepared.error);
  const { options, prompt, composition } = prepared.value;
  const program = compose(composition);
  try {
    await program.client.request("initialize", { clientInfo: { name: "codex_exec", version } });
    const end = await runExec(program.client, options, prompt, {
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
    await program.close();
  }
}

/** Who sends SIGTERM no longer reads standard output. */
function sayInterrupted(signal: "SIGINT" | "SIGTERM", { json, experimentalJson }: ExecFlags): void {
  const event: ExecEvent = { type: "turn.failed", error: { message: "interrupted" } };
  if (!json && !experimentalJson) stdio.err("ERROR: interrupted\n");
  else if (signal === "SIGINT") stdio.out(`${JSON.stringify(event)}\n`);
}
