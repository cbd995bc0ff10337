import type { Clock } from "@codex/platform/clock";
import { homeFolder, type Environment } from "@codex/platform/env";
import { findProgram } from "@codex/platform/find-program";
import { commandActions } from "@codex/sandbox/command-actions";
import { commandEnvironment } from "@codex/sandbox/environment";
import type { Launcher } from "@codex/sandbox/launcher";
import { protectionOf } from "@codex/sandbox/plan";
import type { DomainRules } from "@codex/sandbox/network/domain-rules";
import { withNetworkRules } from "@codex/sandbox/network/with-network-rules";
import { openRules } from "@codex/sandbox/rules/open-rules";
import { shellQuote } from "@codex/sandbox/shell-quote";
import { version } from "@codex/protocol/version";
import { join } from "node:path";
import { ApprovedPrefixes } from "../exec-session/approved-prefixes.ts";
import { ExecSessions } from "../exec-session/exec-sessions.ts";
import { commandGate, type HostDecisions } from "../network/command-gate.ts";
import { networkRules } from "../network/network-rules.ts";
import { PatchMemory } from "../patch/patch-memory.ts";
import type { OpenTurn } from "../thread/open-turn.ts";
import type { ThreadSettings } from "../thread/thread-settings.ts";
import { offersOf } from "./offers-of.ts";
import { createToolKit, type ToolKit } from "./tool-kit.ts";

/** How commands run on this machine. */
export type CommandWorld = {
  readonly launcher: Launcher;
  /** The user's shell. */
  readonly shell: { readonly path: string };
  /** The folder with `rg`, put first on the commands' PATH; undefined where there is none. */
  readonly toolFolder: string | undefined;
};

type World = { codexHome: string; env: Environment; clock: Clock };

/** A thread's tools with the real machine behind them. */
export function makeToolKit(threadId: string, settings: ThreadSettings, commands: CommandWorld, world: World): ToolKit {
  const { codexHome, env, clock } = world;
  const sessions = new ExecSessions(join(codexHome, "tmp", "outputs"), { CODEX_THREAD_ID: threadId });
  const { policy, workspaceRoots, cwd } = settings;
  const temporaryFolder = env.TMPDIR === "" ? undefined : env.TMPDIR;
  const writable = policy.type === "workspaceWrite" ? policy.writableRoots : [];
  const roots = [...workspaceRoots, ...writable, "/tmp", ...(temporaryFolder === undefined ? [] : [temporaryFolder])];
  const decisions: HostDecisions = new Map();
  /** Where no rules are: hosts that the user opened for commands which the sandbox had stopped. */
  const openedHosts = new Set<string>();
  const rulesFor = (turn: OpenTurn, host: string | undefined): DomainRules | undefined =>
    turnRules(turn) ?? onlyHosts([...openedHosts, ...(host === undefined ? [] : [host])]);
  const book = openRules({ ...settings.rules, amended: join(codexHome, "rules"), home: homeFolder(env) });
  return createToolKit({
    clock,
    sessions,
    shell: {
      path: commands.shell.path,
      allowLogin: true,
      find: (program) => findProgram(program, env.PATH ?? "", cwd),
    },
    commands: {
      sessions,
      clock,
      launcher: commands.launcher,
      approved: new Set(),
      prefixes: settings.config.sandbox?.approve_prefixes === true ? new ApprovedPrefixes() : undefined,
      rules: book,
      display: { line: shellQuote, actions: commandActions },
    },
    patch: {
      clock,
      workspaceRoots,
      temporaryFolder,
      protection: protectionOf(settings.config.sandbox),
      memory: new PatchMemory(roots),
    },
    environment: (turn: OpenTurn) => (call) =>
      commandEnvironment(env, turn.settings.config.shell_environment_policy, {
        threadId: call.threadId,
        callId: call.callId,
        confined: call.confined,
        networkAccess: hasNetwork(turn.settings.policy) || rulesFor(turn, call.host) !== undefined,
        version,
        codexHome,
        toolFolder: commands.toolFolder,
        profile: turn.settings.profile?.name,
      }),
    gate(turn: OpenTurn) {
      return async (run, context, tell, host) => {
        const rules = rulesFor(turn, host);
        if (!rules) return undefined;
        const { networks } = (await book.current()).rules;
        return commandGate(run, context, {
          rules: withNetworkRules(rules, networks),
          decisions,
          keep: book.decideHost,
          tell,
        });
      };
    },
    offers: (turn, keep) =>
      offersOf(turn, {
        hasRules: rulesFor(turn, undefined) !== undefined,
        temporaryFolder,
        closed: [codexHome],
        home: homeFolder(env),
        keep: (grant) =>
          grant.kind === "host" ? void openedHosts.add(grant.host) : keep({ ...nothing, write: grant.write }),
      }),
  });
}

const nothing = { network: false, read: [], write: [] };

/** Checked when the thread was opened. */
function turnRules({ settings }: OpenTurn) {
  const rules = networkRules(settings.config, settings);
  if (!rules.ok) throw new Error(rules.error.message);
  return rules.value;
}

/** Rules by which nothing but these hosts is reached unasked. */
const onlyHosts = (hosts: readonly string[]): DomainRules | undefined =>
  hosts.length === 0
    ? undefined
    : {
        domains: hosts.map((host) => ({ pattern: host, covers: "exact", host, decision: "allow" })),
        mode: "full",
        allowPrivate: false,
        allowUnixSockets: false,
      };

const hasNetwork = (policy: ThreadSettings["policy"]): boolean =>
  policy.type === "readOnly" || policy.type === "workspaceWrite" ? policy.networkAccess : true;
