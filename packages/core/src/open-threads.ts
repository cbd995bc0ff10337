import { gitInfo } from "@codex/config/git-info";
import type { LoadedConfig } from "@codex/config/load-config";
import type { Config } from "@codex/config/schema";
import type { Provider } from "@codex/model/providers";
import { originatorOf } from "@codex/model/originator";
import { terminalToken, userAgent } from "@codex/model/user-agent";
import type { Clock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import { newId } from "@codex/platform/ids";
import { installationId } from "@codex/platform/installation-id";
import { osRelease } from "@codex/platform/os-release";
import type { Params } from "@codex/protocol/methods";
import { pathKind } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import type { CollaborationMode } from "@codex/protocol/collaboration-mode";
import { isObject } from "@codex/protocol/json";
import type { DynamicToolSpec } from "@codex/protocol/methods/thread-start";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { resolve } from "node:path";
import type { Audience } from "./audience.ts";
import type { Client } from "./engine.ts";
import type { NewThread } from "./store/new-thread.ts";
import type { HistoryCut } from "./store/read-rollout.ts";
import type { StoredThread } from "./store/stored-thread.ts";
import type { OpenedThread, ThreadLog, ThreadStore } from "./store/thread-store.ts";
import { changeSettings } from "./thread/change-settings.ts";
import { freshFacts, storedFacts, type ThreadFacts } from "./thread/describe-thread.ts";
import { gatherFacts } from "./thread/gather-facts.ts";
import { notifyProgram } from "./thread/notify-program.ts";
import { resolveSettings } from "./thread/resolve-settings.ts";
import { permissionOverrides, resumeOverrides } from "./thread/stored-overrides.ts";
import { createSampler, type SamplerFacts } from "./thread/sampler.ts";
import { threadSettingsRecord } from "./thread/settings-records.ts";
import type { ThreadSettings } from "./thread/thread-settings.ts";
import { Thread } from "./thread/thread.ts";
import { checkDynamicTools } from "./tools/check-dynamic-tools.ts";
import { makeToolKit, type CommandWorld } from "./tools/make-tool-kit.ts";

export type OpenDeps = {
  readonly codexHome: string;
  readonly env: Environment;
  readonly clock: Clock;
  readonly audience: Audience;
  /** The config as it holds in a folder, with a client's dotted overrides. */
  loadConfig(cwd: string, overrides: Record<string, unknown>): Promise<Result<LoadedConfig>>;
  provider(id: string, config: Config): Result<Provider>;
  /** How commands run on this machine. */
  readonly commands: CommandWorld;
  /** Absolute; where a relative `cwd` of a client starts. */
  readonly cwd: string;
  readonly debug: (message: string) => void;
};

/** Everything a thread is made of. */
type Parts = {
  readonly client: Client;
  readonly facts: ThreadFacts;
  readonly settings: ThreadSettings;
  readonly log: ThreadLog | undefined;
  readonly stored: StoredThread | undefined;
  readonly how: SamplerFacts["historyInitialization"];
  readonly contextWindowId: string;
};

/** The ways in which a thread comes to be loaded. */
export type ThreadOpener = {
  start(params: Params<"thread/start">, client: Client): Promise<Result<Thread>>;
  resume(params: Params<"thread/resume">, client: Client): Promise<Result<Thread>>;
  /** A stored thread as it was before a turn; without `settings` it runs with those that are stored. */
  revert(
    params: Params<"thread/revert">,
    client: Client,
    settings: ThreadSettings | undefined,
  ): Promise<Result<Thread>>;
  fork(params: Params<"thread/fork">, client: Client): Promise<Result<Thread>>;
  userAgent(client: Client): string;
};

export function createThreadOpener(deps: OpenDeps, store: ThreadStore): ThreadOpener {
  const { codexHome, clock, env } = deps;
  const machine = { os: osRelease(), terminal: terminalToken(env), version };
  const agent = (client: Client): string =>
    userAgent({ ...machine, originator: originatorOf(env, client.name), client });

  const settle = async (
    params: Params<"thread/start">,
    stored?: StoredThread,
    keep?: typeof resumeOverrides,
  ): Promise<Result<ThreadSettings>> => {
    const cwd = resolve(deps.cwd, params.cwd ?? stored?.turnContext?.cwd ?? stored?.meta.cwd ?? ".");
    if (params.cwd && pathKind(cwd) !== "directory") return err(fail("noSuchFolder", cwd));
    const config = await deps.loadConfig(cwd, params.config ?? {});
    if (!config.ok) return config;
    const overrides = stored && keep ? keep(params, stored, config.value) : params;
    const dynamicTools = checkDynamicTools(params.dynamicTools ?? storedTools(stored));
    if (!dynamicTools.ok) return dynamicTools;
    const settings = resolveSettings(config.value, cwd, overrides, stored, deps);
    const mode = storedMode(stored);
    return settings.ok ? ok({ ...settings.value, dynamicTools: dynamicTools.value, ...(mode && { mode }) }) : settings;
  };

  const assemble = async ({ client, facts, settings, log, stored, how, contextWindowId }: Parts): Promise<Thread> => {
    const shell = deps.commands.shell.path;
    const world = await gatherFacts(settings, { codexHome, env, shell, now: clock.now() });
    const sampler = createSampler({
      installationId: installationId(codexHome),
      originator: originatorOf(env, client.name),
      userAgent: agent(client),
      threadSource: facts.threadSource ?? "user",
      historyInitialization: how,
      forkedFrom:
        facts.forkedFromId === null
          ? undefined
          : { id: facts.forkedFromId, ordinal: log?.meta.forked_from_ordinal_exclusive },
      contextWindowId,
      env,
      debug: deps.debug,
      commitOf: gitInfo,
    });
    const warnings = stored?.warnings ?? [];
    return new Thread(
      { facts, settings, log, stored, instructionSources: world.sources, warnings },
      {
        clock,
        codexHome,
        env,
        shell,
        sampler,
        tools: makeToolKit(facts.id, settings, deps.commands, { codexHome, env, clock }),
        audience: deps.audience,
        override: async (before, change) => changeSettings(before, change, env),
        storedTurns: () => {
          const read = store.read(facts.id, { turns: true, history: false });
          return read.ok ? read.value.turns : undefined;
        },
        onTurnCompleted: (turn) => notifyProgram(turn, client.name, env),
      },
    );
  };

  const assembleStored = async (
    { log, thread: stored }: OpenedThread,
    settings: ThreadSettings,
    client: Client,
  ): Promise<Result<Thread>> => {
    const { id } = stored.meta;
    const facts = storedFacts(stored, store.nameOf(id) ?? null, store.metadataOf(id));
    const contextWindowId = stored.contextWindowId ?? newId();
    return ok(await assemble({ client, facts, settings, log, stored, contextWindowId, how: "cold_resume" }));
  };

  const newThread = (settings: ThreadSettings, params: Params<"thread/start">, client: Client): NewThread => {
    const git = gitInfo(settings.cwd);
    return {
      id: newId(),
      cwd: settings.cwd,
      workspaceRoots: [...settings.workspaceRoots],
      originator: originatorOf(env, client.name),
      cliVersion: version,
      source: sourceOf(client),
      threadSource: params.threadSource ?? null,
      modelProvider: settings.provider.id,
      dynamicTools: settings.dynamicTools ?? [],
      baseInstructions: { text: settings.baseInstructions, model: settings.model.slug },
      contextWindowId: newId(),
      gitInfo: git ? { sha: git.sha ?? null, branch: git.branch ?? null, originUrl: git.originUrl ?? null } : null,
    };
  };

  return {
    userAgent: agent,

    async start(params, client) {
      const settings = await settle(params);
      if (!settings.ok) return settings;
      const as = newThread(settings.value, params, client);
      const log = params.ephemeral ? ok(undefined) : store.create(as);
      if (!log.ok) return log;
      const facts = freshFacts(as, log.value?.path ?? null, clock.now());
      const { contextWindowId } = as;
      const parts = { client, facts, settings: settings.value, log: log.value, stored: undefined, contextWindowId };
      return ok(await assemble({ ...parts, how: "new" }));
    },

    async resume(params, client) {
      const opened = store.resume(params.path || params.threadId, { turns: false });
      if (!opened.ok) return opened;
      const { log, thread: stored } = opened.value;
      const settings = await settle(params, stored, resumeOverrides);
      if (!settings.ok) {
        log.close();
        return settings;
      }
      return assembleStored(opened.value, settings.value, client);
    },

    async revert({ threadId, beforeTurnId }, client, settings) {
      const whole = store.read(threadId, { turns: false });
      if (!whole.ok) return whole;
      const settled = settings ? ok(settings) : await settle({}, whole.value, resumeOverrides);
      if (!settled.ok) return settled;
      const opened = store.revert(threadId, beforeTurnId);
      if (!opened.ok) return opened;
      const kept = opened.value.log.append(threadSettingsRecord(settled.value));
      if (kept.ok) return assembleStored(opened.value, settled.value, client);
      opened.value.log.close();
      return kept;
    },

    async fork(params, client) {
      const cut = cutOf(params);
      if (!cut.ok) return cut;
      const parent = store.read(params.path || params.threadId, { turns: params.ephemeral === true }, cut.value);
      if (!parent.ok) return parent;
      const settings = await settle(params, parent.value, permissionOverrides);
      if (!settings.ok) return settings;
      const fresh = newThread(settings.value, params, client);
      // What the model sees does not change by forking.
      const as = { ...fresh, contextWindowId: parent.value.contextWindowId ?? fresh.contextWindowId };
      const forked = params.ephemeral
        ? ok(undefined)
        : store.fork(parent.value, { ...as, baseInstructions: undefined }, cut.value);
      if (!forked.ok) return forked;
      const log = forked.value?.log;
      // It stands on its own from now on, also if nothing is ever said in it.
      const kept = log?.append(threadSettingsRecord(settings.value));
      if (kept && !kept.ok) {
        log?.close();
        return kept;
      }
      const { preview, meta } = parent.value;
      const name = store.nameOf(meta.id) ?? null;
      const named = log && name !== null ? store.setName(as.id, name) : ok(undefined);
      if (!named.ok) deps.debug(named.error.message);
      const facts = { ...freshFacts(as, log?.path ?? null, clock.now()), preview, name, forkedFromId: meta.id };
      const stored = forked.value?.thread ?? parent.value;
      const { contextWindowId } = as;
      const parts = { client, facts, settings: settings.value, log, stored, contextWindowId };
      return ok(await assemble({ ...parts, how: "cold_fork" }));
    },
  };
}

/** How far of its parent a fork takes; undefined for all. */
function cutOf({
  beforeTurnId: beforeTurn,
  lastTurnId: throughTurn,
}: Params<"thread/fork">): Result<HistoryCut | undefined> {
  if (beforeTurn && throughTurn) {
    return err(fail("refusedParams", "`beforeTurnId` cannot be combined with `lastTurnId`"));
  }
  return ok(beforeTurn ? { beforeTurn } : throughTurn ? { throughTurn } : undefined);
}

/** The mode that the model was told of last; undefined where that is the ordinary one. */
function storedMode(stored: StoredThread | undefined): CollaborationMode | undefined {
  const written = stored?.settings?.["collaboration_mode"];
  const settings = isObject(written) && written["mode"] === "plan" ? written["settings"] : undefined;
  if (!isObject(settings) || typeof settings["model"] !== "string") return undefined;
  return { mode: "plan", settings: settings as CollaborationMode["settings"] };
}

/** The client's tools as the thread was started with them. */
const storedTools = (stored: StoredThread | undefined): readonly DynamicToolSpec[] => {
  const tools = stored?.meta["dynamic_tools"];
  return Array.isArray(tools) ? (tools as DynamicToolSpec[]).filter(({ type, name }) => type && name) : [];
};

/** How rollouts name the face; an app server's client is always "vscode". Source: the original 0.169.0. */
const sourceOf = (client: Client): NewThread["source"] =>
  ({ codex_exec: "exec", "codex-tui": "cli" })[client.name] ?? "vscode";
