import { findProgram } from "@codex/platform/find-program";
import { pathKind } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { sandboxEnvironment } from "@codex/sandbox/environment";
import type { Executor } from "../executor.ts";
import { pathOf } from "../file-uri.ts";
import { readContext, sessionOf, type SandboxContext } from "../sandbox/read-context.ts";
import type { Launch } from "./running-process.ts";

/** What a client wants to run. */
export type ProcessWish = {
  readonly argv: readonly string[];
  /** A URI. */
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly envPolicy?: EnvPolicy | null | undefined;
  readonly tty: boolean;
  readonly arg0?: string | null | undefined;
  readonly sandbox?: SandboxContext | null | undefined;
  readonly enforceManagedNetwork?: boolean | undefined;
};

/** What of the server's own environment a process inherits; `env` comes on top of it. */
type EnvPolicy = {
  readonly inherit: "core" | "all" | "none";
  readonly ignoreDefaultExcludes: boolean;
  readonly exclude: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  readonly includeOnly: readonly string[];
};

/** What to start so that it runs as the client wants it: in its sandbox, where there is one. */
export async function prepareProcess(
  wish: ProcessWish,
  executor: Executor,
): Promise<Result<Pick<Launch, "program" | "confined">>> {
  const cwd = pathOf(wish.cwd);
  if (!cwd.ok) return cwd;
  const wanted = readContext(wish.sandbox, cwd.value);
  if (!wanted.ok) return wanted;
  const env = environmentOf(wish, executor);
  const problem = whyNotStarted(wish.argv, cwd.value, env);
  if (problem !== undefined) return err(fail("executorFailed", problem));
  const command = { argv: wish.argv, cwd: cwd.value, env, tty: wish.tty };
  const argv0 = wish.arg0 ?? undefined;
  if (wanted.value === undefined) {
    return ok({ program: { ...command, ...plain, ...(argv0 === undefined ? {} : { argv0 }) }, confined: false });
  }
  const session = sessionOf(wanted.value);
  const policy = wish.enforceManagedNetwork ? cutOff(session.policy) : session.policy;
  const named = argv0 === undefined ? command.argv : withName(argv0, command.argv);
  const program = await executor.launcher.prepare({ ...command, argv: named }, { ...session, policy });
  return program.ok ? ok({ program: program.value, confined: true }) : program;
}

const plain = { fds: [], takesTerminal: false, contained: false, dispose: () => undefined } as const;

/** The rules for hosts that the network is to be held to are not known here, so there is none of it. */
const cutOff = (policy: SandboxPolicy): SandboxPolicy =>
  policy.type === "readOnly" || policy.type === "workspaceWrite" ? { ...policy, networkAccess: false } : policy;

/** A shell gives a program another name where the sandbox starts it. */
const withName = (argv0: string, argv: readonly string[]): readonly string[] => [
  "/bin/bash",
  "-c",
  'exec -a "$0" "$@"',
  argv0,
  ...argv,
];

function environmentOf({ env, envPolicy }: ProcessWish, executor: Executor): Record<string, string> {
  if (!envPolicy) return env;
  const { inherit, ignoreDefaultExcludes, exclude, set, includeOnly } = envPolicy;
  const policy = { inherit, ignore_default_excludes: ignoreDefaultExcludes, exclude, set, include_only: includeOnly };
  return { ...sandboxEnvironment(executor.env, policy, false), ...env };
}

/** The system's own words, found before a sandbox could put others in their place. */
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
