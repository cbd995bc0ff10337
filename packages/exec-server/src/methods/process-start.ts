import { findProgram } from "@codex/platform/find-program";
import { pathKind } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { Words } from "@codex/protocol/schema";
import { sandboxEnvironment } from "@codex/sandbox/environment";
import type { Confined } from "@codex/sandbox/launcher";
import { Type as T, type Static } from "@sinclair/typebox";
import type { Executor } from "../executor.ts";
import { pathOf } from "../file-uri.ts";
import { defineMethod } from "../method.ts";
import { runProcess, type ProcessEvent } from "../process/running-process.ts";
import { readContext, SandboxContext, sessionOf } from "../sandbox/read-context.ts";
import type { Session } from "../session.ts";

const Maybe = <S extends Parameters<typeof T.Optional>[0]>(schema: S) => T.Optional(T.Union([schema, T.Null()]));

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

const Size = T.Object({ rows: T.Integer({ format: "uint16" }), cols: T.Integer({ format: "uint16" }) });

const Params = T.Object(
  {
    processId: T.String(),
    argv: T.Array(T.String()),
    cwd: T.String(),
    envPolicy: Maybe(EnvPolicy),
    env: T.Record(T.String(), T.String()),
    tty: T.Boolean(),
    /** Not of the original: the terminal's size from the beginning. */
    size: Maybe(Size),
    pipeStdin: T.Optional(T.Boolean()),
    arg0: Maybe(T.String()),
    sandbox: Maybe(SandboxContext),
    enforceManagedNetwork: T.Optional(T.Boolean()),
    networkProxy: T.Optional(T.Unknown()),
    credentialProviders: T.Optional(T.Unknown()),
  },
  { title: "WireExecParams" },
);
type Params = Static<typeof Params>;

/** Starts a process; what it writes is told as it comes, and kept for a client that asks later. */
export const processStart = defineMethod(
  "exec",
  Params,
  { type: "process", role: "starts" },
  async (params, { client, answered }) => {
    const { executor, session } = client;
    const { processId, argv } = params;
    if (!session) return err(fail("notInitialized"));
    if (argv.length === 0) return err(fail("invalidParams", "argv must not be empty"));
    if (session.processes.has(processId)) return err(fail("refusedParams", `process ${processId} already exists`));
    const prepared = await prepare(params, executor);
    if (!prepared.ok) return prepared;
    const { program, confined } = prepared.value;
    const launch = {
      program,
      confined,
      takesInput: params.tty || params.pipeStdin === true,
      terminal: params.tty ? (params.size ?? defaultSize) : undefined,
    };
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

type Prepared = { readonly program: Confined & { readonly argv0?: string }; readonly confined: boolean };

async function prepare(params: Params, executor: Executor): Promise<Result<Prepared>> {
  const refused = notHere(params);
  if (refused !== undefined) return err(fail("refusedParams", refused));
  const cwd = pathOf(params.cwd);
  if (!cwd.ok) return cwd;
  const wanted = readContext(params.sandbox, cwd.value);
  if (!wanted.ok) return wanted;
  const env = environmentOf(params, executor);
  const problem = whyNotStarted(params.argv, cwd.value, env);
  if (problem !== undefined) return err(fail("executorFailed", problem));
  const command = { argv: params.argv, cwd: cwd.value, env, tty: params.tty };
  const argv0 = params.arg0 ?? undefined;
  if (wanted.value === undefined) {
    const program = { ...command, ...plain, ...(argv0 === undefined ? {} : { argv0 }) };
    return ok({ program, confined: false });
  }
  const asked = sessionOf(wanted.value);
  // The rules for hosts that the network is to be held to are not known here, so there is none of it.
  const policy = params.enforceManagedNetwork ? { ...asked.policy, networkAccess: false } : asked.policy;
  const named = argv0 === undefined ? command.argv : withName(argv0, command.argv);
  const confined = await executor.launcher.prepare({ ...command, argv: named }, { ...asked, policy } as typeof asked);
  return confined.ok ? ok({ program: confined.value, confined: true }) : confined;
}

const plain = { fds: [], takesTerminal: false, contained: false, dispose: () => undefined } as const;

/** A shell gives a program another name where the sandbox starts it. */
const withName = (argv0: string, argv: readonly string[]): readonly string[] => [
  "/bin/bash",
  "-c",
  'exec -a "$0" "$@"',
  argv0,
  ...argv,
];

/** What the original's clients may ask for and must not be left without unknowingly. */
function notHere({ networkProxy, credentialProviders }: Params): string | undefined {
  if (networkProxy !== undefined && networkProxy !== null) {
    return "this build starts no network proxy for processes; leave `networkProxy` out";
  }
  if (Array.isArray(credentialProviders) && credentialProviders.length > 0) {
    return "this build masks no credentials of processes; leave `credentialProviders` out";
  }
  return undefined;
}

function environmentOf({ env, envPolicy }: Params, executor: Executor): Record<string, string> {
  if (!envPolicy) return env;
  const { inherit, ignoreDefaultExcludes, exclude, set, includeOnly } = envPolicy;
  const policy = {
    inherit,
    ignore_default_excludes: ignoreDefaultExcludes,
    exclude,
    set,
    include_only: includeOnly,
  };
  return { ...sandboxEnvironment(executor.env, policy, false), ...env };
}

function whyNotStarted(argv: readonly string[], cwd: string, env: Record<string, string>): string | undefined {
  const [program = ""] = argv;
  const texts = [...argv, ...Object.entries(env).flat()];
  if (texts.some((text) => text.includes("\0"))) return "nul byte found in provided data";
  if (pathKind(cwd) !== "directory") return noSuchFile;
  if (findProgram(program, env["PATH"] ?? usualPath, cwd) !== undefined) return undefined;
  return program.includes("/") && pathKind(program) !== "absent" ? "Permission denied (os error 13)" : noSuchFile;
}

const noSuchFile = "No such file or directory (os error 2)";
const usualPath = "/usr/local/bin:/usr/bin:/bin";

const sandboxType = (): string => (process.platform === "darwin" ? "macosSeatbelt" : "linuxSeccomp");

/** Tells whoever listens to the session, after the answer to the start; nobody, while its client is away. */
function tellSession(session: Session, processId: string, answered: Promise<void>) {
  let isAnswered = false;
  const early: ProcessEvent[] = [];
  const pass = (event: ProcessEvent): void | Promise<void> => {
    const { listener } = session;
    listener?.notify(notificationOf(processId, event));
    return listener?.room();
  };
  void answered.then(() => {
    isAnswered = true;
    for (const event of early.splice(0)) void pass(event);
  });
  return (event: ProcessEvent): void | Promise<void> => {
    if (isAnswered) return pass(event);
    early.push(event);
    return answered;
  };
}

function notificationOf(processId: string, event: ProcessEvent) {
  const { seq } = event;
  switch (event.type) {
    case "output": {
      const chunk = Buffer.from(event.bytes).toString("base64");
      return { method: "process/output", params: { processId, seq, stream: event.stream, chunk } };
    }
    case "exited": {
      const { exitCode, sandboxDenied } = event;
      return { method: "process/exited", params: { processId, seq, exitCode, sandboxDenied } };
    }
    case "closed":
      return { method: "process/closed", params: { processId, seq } };
  }
}
