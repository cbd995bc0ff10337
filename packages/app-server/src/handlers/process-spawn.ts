import { findProgram } from "@codex/platform/find-program";
import { pathKind } from "@codex/platform/read-file";
import { type LimitedProcess, runLimited } from "@codex/platform/run-limited";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { checkCommand } from "../client-process/check-command.ts";
import { withOverrides, withTools } from "../client-process/client-environment.ts";
import { processesOf, processFamily } from "../client-process/families.ts";
import { readLimits } from "../client-process/read-limits.ts";
import type { Handler } from "../handler.ts";

/** Starts a client's own process, without a sandbox; `command/exec` is the way with one. Answered when it runs. */
export const processSpawn: Handler<"process/spawn"> = async (params, { server, connection }) => {
  const { command, processHandle, cwd } = params;
  const checked = checkCommand(params, "process");
  if (!checked.ok) return checked;
  if (processHandle === "") return err(fail("refusedParams", "processHandle must not be empty"));
  const limits = readLimits(params, "process/spawn", processFamily.name);
  if (!limits.ok) return limits;
  const processes = processesOf(connection);
  if (processes.has(processHandle)) return err(fail("duplicateProcess", "process handle", processHandle));

  const tell = server.subscriptions;
  const onPiece = (stream: "stdout" | "stderr", bytes: Uint8Array, capReached: boolean): Promise<void> | undefined => {
    const deltaBase64 = Buffer.from(bytes).toString("base64");
    const delta = { processHandle, stream, deltaBase64, capReached };
    tell.tell(connection, { method: "process/outputDelta", params: delta });
    return connection.ready?.();
  };
  const announceEnd = async (process: LimitedProcess): Promise<void> => {
    const { exitCode, drained, stdout, stderr } = await process.ended;
    tell.tell(connection, {
      method: "process/exited",
      params: {
        processHandle,
        exitCode,
        outputDrainTimedOut: !drained,
        stdout: stdout.text,
        stdoutCapReached: stdout.capReached,
        stderr: stderr.text,
        stderrCapReached: stderr.capReached,
      },
    });
  };
  const { env: own, commands } = server.engine.host;
  const env = withOverrides(withTools(withOverrides(own, undefined), commands.toolFolder), params.env);
  const started = await processes.start(processHandle, async () => {
    const [program = ""] = command;
    const isThere = pathKind(cwd) === "directory" && findProgram(program, env["PATH"] ?? usualPath, cwd) !== undefined;
    if (!isThere) return err(fail("notStarted", "process", "No such file or directory (os error 2)"));
    const process = runLimited(
      { argv: command, env, cwd, fds: [] },
      limits.value,
      limits.value.streams ? onPiece : undefined,
    );
    return process.ok ? process : err(fail("notStarted", "process", process.error));
  });
  if (!started.ok) return started;
  void announceEnd(started.value);
  return ok({});
};

const usualPath = "/usr/local/bin:/usr/bin:/bin";
