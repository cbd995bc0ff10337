import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { OptionalNull, Uint16, Words } from "@codex/protocol/schema";
import { Type as T } from "@sinclair/typebox";
import { defineMethod } from "../method.ts";
import { prepareProcess } from "../process/prepare-process.ts";
import { runProcess } from "../process/running-process.ts";
import { tellSession } from "../process/tell-session.ts";
import { SandboxContext } from "../sandbox/read-context.ts";

const EnvPolicy = T.Object(
  {
    inherit: Words(["core", "all", "none"]),
    ignoreDefaultExcludes: T.Boolean(),
    exclude: T.Array(T.String()),
    set: T.Record(T.String(), T.String()),
    includeOnly: T.Array(T.String()),
  },
  { title: "ExecEnvPolicy" },
);

const Params = T.Object(
  {
    processId: T.String(),
    argv: T.Array(T.String()),
    cwd: T.String(),
    envPolicy: OptionalNull(EnvPolicy),
    env: T.Record(T.String(), T.String()),
    tty: T.Boolean(),
    /** Not of the original: the terminal's size from the beginning. */
    size: OptionalNull(T.Object({ rows: Uint16, cols: Uint16 })),
    pipeStdin: T.Optional(T.Boolean()),
    arg0: OptionalNull(T.String()),
    sandbox: OptionalNull(SandboxContext),
    enforceManagedNetwork: T.Optional(T.Boolean()),
    networkProxy: T.Optional(T.Unknown()),
    credentialProviders: T.Optional(T.Unknown()),
  },
  { title: "WireExecParams" },
);

/** Starts a process; what it writes is told as it comes, and kept for a client that asks later. */
export const processStart = defineMethod(
  "exec",
  Params,
  { type: "process", role: "starts" },
  async (params, { client, answered }) => {
    const { executor, session } = client;
    const { processId, argv, tty, pipeStdin = false } = params;
    if (!session) return err(fail("notInitialized"));
    if (argv.length === 0) return err(fail("invalidParams", "argv must not be empty"));
    const missing = whatIsMissing(params);
    if (missing !== undefined) return err(fail("refusedParams", missing));
    if (session.processes.has(processId)) return err(fail("refusedParams", `process ${processId} already exists`));
    const prepared = await prepareProcess(params, executor);
    if (!prepared.ok) return prepared;
    const { program, confined } = prepared.value;
    // Nobody would end what is started in a session that may be over by now.
    if (client.gone.aborted) {
      program.dispose();
      return err(fail("executorFailed", "the client has left"));
    }
    const terminal = tty ? (params.size ?? defaultSize) : undefined;
    const launch = { program, confined, takesInput: tty || pipeStdin, terminal };
    const process = runProcess(launch, tellSession(session, processId, answered));
    if (!process.ok) {
      program.dispose();
      return err(fail("executorFailed", process.error));
    }
    session.processes.set(processId, process.value);
    void process.value.closed.then(() => setTimeout(() => session.processes.delete(processId), keptAfterEnd).unref());
    return ok({ processId, sandboxType: confined ? sandboxType() : "none" });
  },
);

/** ms for which the output of a process that has ended can be read. Source: the original. */
const keptAfterEnd = 30_000;
const defaultSize = { rows: 24, cols: 80 };

/** What clients of the original may ask for, and must not be left without unknowingly. */
function whatIsMissing({ networkProxy, credentialProviders }: Wanted): string | undefined {
  if (networkProxy !== undefined && networkProxy !== null) {
    return "this build starts no network proxy for processes; leave `networkProxy` out";
  }
  if (Array.isArray(credentialProviders) && credentialProviders.length > 0) {
    return "this build masks no credentials of processes; leave `credentialProviders` out";
  }
  return undefined;
}

type Wanted = { readonly networkProxy?: unknown; readonly credentialProviders?: unknown };

const sandboxType = (): string => (process.platform === "darwin" ? "macosSeatbelt" : "linuxSeccomp");
