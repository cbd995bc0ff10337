import { runLimited } from "@codex/platform/run-limited";
import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import { checkCommand } from "../client-process/check-command.ts";
import { commandFamily, commandsOf } from "../client-process/families.ts";
import { prepareCommand } from "../client-process/prepare-command.ts";
import { type ClientLimits, readLimits } from "../client-process/read-limits.ts";
import type { Handler } from "../handler.ts";

/** Runs a client's command in the sandbox, outside any thread. Answered when it has ended. */
export const commandExec: Handler<"command/exec"> = async (params, { server, connection }) => {
  const limits = limitsOf(params);
  if (!limits.ok) return limits;
  const processId = params.processId ?? undefined;
  const commands = commandsOf(connection);
  if (processId !== undefined && commands.has(processId)) {
    return err(fail("duplicateProcess", `${commandFamily.name} process id`, processId));
  }
  const { streams, terminal } = limits.value;
  const onPiece = (stream: "stdout" | "stderr", bytes: Uint8Array, capReached: boolean): Promise<void> | undefined => {
    const deltaBase64 = Buffer.from(bytes).toString("base64");
    const delta = { processId: processId ?? "", stream, deltaBase64, capReached };
    server.subscriptions.tell(connection, { method: "command/exec/outputDelta", params: delta });
    return connection.ready?.();
  };
  const process = await commands.start(processId, async () => {
    const confined = await prepareCommand(params, terminal !== undefined, server.engine.host);
    if (!confined.ok) return confined;
    const started = runLimited(confined.value, limits.value, streams ? onPiece : undefined);
    if (!started.ok) {
      confined.value.dispose();
      return err(fail("notStarted", "command", started.error));
    }
    void started.value.ended.then(() => confined.value.dispose());
    return started;
  });
  if (!process.ok) return process;
  const { exitCode, stdout, stderr } = await process.value.ended;
  return ok({ exitCode, stdout: stdout.text, stderr: stderr.text });
};

function limitsOf(params: Params<"command/exec">): Result<ClientLimits> {
  const { tty, streamStdin, streamStdoutStderr, disableOutputCap, disableTimeout, ...rest } = params;
  const checked = checkCommand(params, "command");
  if (!checked.ok) return checked;
  const timeoutMs = rest.timeoutMs ?? undefined;
  const outputBytesCap = rest.outputBytesCap ?? undefined;
  if (disableTimeout && timeoutMs !== undefined) {
    return err(fail("invalidParams", "command/exec cannot set both timeoutMs and disableTimeout"));
  }
  if (disableOutputCap && outputBytesCap !== undefined) {
    return err(fail("invalidParams", "command/exec cannot set both outputBytesCap and disableOutputCap"));
  }
  const wish = {
    ...params,
    timeoutMs: disableTimeout ? null : timeoutMs,
    outputBytesCap: disableOutputCap ? null : outputBytesCap,
  };
  const limits = readLimits(wish, "command/exec", commandFamily.name);
  if (!limits.ok) return limits;
  if ((tty || streamStdin || streamStdoutStderr) && (params.processId ?? undefined) === undefined) {
    return err(fail("refusedParams", "command/exec tty or streaming requires a client-supplied processId"));
  }
  return limits;
}
