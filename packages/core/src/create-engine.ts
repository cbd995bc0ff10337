import { gitInfo } from "@codex/config/git-info";
import type { LoadedConfig } from "@codex/config/load-config";
import type { Config } from "@codex/config/schema";
import type { Provider } from "@codex/model/providers";
import { terminalToken, userAgent } from "@codex/model/user-agent";
import type { Clock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import { isUuid, newId } from "@codex/platform/ids";
import { installationId } from "@codex/platform/installation-id";
import { osRelease } from "@codex/platform/os-release";
import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import type { Thread as ThreadSummary } from "@codex/protocol/thread";
import { resolve } from "node:path";
import type { Audience } from "./audience.ts";
import type { Client, Engine } from "./engine.ts";
import type { ListedThread } from "./store/list-threads.ts";
import { openThreadStore, type OpenedThread } from "./store/thread-store.ts";
import { describeListed, describeStored, storedFacts, type ThreadFacts } from "./thread/describe-thread.ts";
import { gatherFacts } from "./thread/gather-facts.ts";
import { notifyProgram } from "./thread/notify-program.ts";
import { overrideSettings, resolveSettings } from "./thread/resolve-settings.ts";
import { createSampler, type SamplerFacts } from "./thread/sampler.ts";
import type { ThreadSettings } from "./thread/thread-settings.ts";
import { Thread, type ThreadStart } from "./thread/thread.ts";
import { makeToolKit, type CommandWorld } from "./tools/make-tool-kit.ts";

export type EngineDeps = {
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

/** How a thread comes to be. */
type Opening = {
  readonly params: Params<"thread/start">;
  readonly client: Client;
  readonly how: SamplerFacts["historyInitialization"];
};

export function createEngine(deps: EngineDeps): Engine {
  const { codexHome, clock, env } = deps;
  const store = openThreadStore({ codexHome, clock });
  const loaded = new Map<string, Thread>();
  const resuming = new Map<string, Promise<Result<Thread>>>();
  const machine = { os: osRelease(), terminal: terminalToken(env), version };
  const originatorOf = (client: Client): string => env.CODEX_INTERNAL_ORIGINATOR_OVERRIDE || client.name;
  const agent = (client: Client): string => userAgent({ ...machine, originator: originatorOf(client), client });

  const settle = async (params: Params<"thread/start">, opened?: OpenedThread): Promise<Result<ThreadSettings>> => {
    const cwd = resolve(deps.cwd, params.cwd ?? opened?.thread.turnContext?.cwd ?? opened?.thread.meta.cwd ?? ".");
    const config = await deps.loadConfig(cwd, params.config ?? {});
    return config.ok ? resolveSettings(config.value, cwd, params, opened?.thread, deps) : config;
  };

  const load = async (
    opening: Opening,
    facts: ThreadFacts,
    settings: ThreadSettings,
    opened: Partial<OpenedThread>,
  ) => {
    const { client, how } = opening;
    const world = await gatherFacts(settings, { codexHome, env, shell: deps.commands.shell.path, now: clock.now() });
    const start: ThreadStart = {
      facts,
      settings,
      log: opened.log,
      stored: opened.thread,
      instructionSources: world.sources,
      warnings: opened.thread?.warnings ?? [],
    };
    const sampler = createSampler({
      installationId: installationId(codexHome),
      originator: originatorOf(client),
      userAgent: agent(client),
      threadSource: facts.threadSource ?? "user",
      historyInitialization: how,
      forkedFromId: facts.forkedFromId,
      contextWindowId: newId(),
      env,
      debug: deps.debug,
      commitOf: gitInfo,
    });
    const thread = new Thread(start, {
      clock,
      codexHome,
      env,
      shell: deps.commands.shell.path,
      sampler,
      tools: makeToolKit(facts.id, settings, deps.commands, { codexHome, env, clock }),
      audience: deps.audience,
      override: async (before, params) => overrideSettings(before, params),
      storedTurns: () => {
        const stored = store.read(facts.id, { turns: true });
        return stored.ok ? stored.value.turns : undefined;
      },
      onTurnCompleted: (turn) => notifyProgram(turn, client.name, env),
    });
    loaded.set(thread.id, thread);
    return thread;
  };

  const newThread = (id: string, settings: ThreadSettings, { client, params }: Opening) => {
    const git = gitInfo(settings.cwd);
    return {
      id,
      cwd: settings.cwd,
      workspaceRoots: [...settings.workspaceRoots],
      originator: originatorOf(client),
      cliVersion: version,
      source: sourceOf(client),
      threadSource: params.threadSource ?? null,
      modelProvider: settings.provider.id,
      baseInstructions: { text: settings.baseInstructions, model: settings.model.slug },
      gitInfo: git ? { sha: git.sha ?? null, branch: git.branch ?? null, originUrl: git.originUrl ?? null } : null,
    };
  };

  const freshFacts = (as: ReturnType<typeof newThread>, path: string | null): ThreadFacts => ({
    id: as.id,
    forkedFromId: null,
    preview: "",
    path,
    createdMs: clock.now(),
    updatedMs: clock.now(),
    originator: as.originator,
    source: as.source,
    threadSource: as.threadSource,
    gitInfo: as.gitInfo,
    name: null,
  });

  const resume = async (params: Params<"thread/resume">, client: Client): Promise<Result<Thread>> => {
    const opened = store.resume(params.threadId, { turns: params.excludeTurns !== true });
    if (!opened.ok) return opened;
    const settings = await settle(params, opened.value);
    if (!settings.ok) {
      opened.value.log.close();
      return settings;
    }
    const facts = storedFacts(opened.value.thread, store.nameOf(params.threadId) ?? null);
    return ok(await load({ params, client, how: "cold_resume" }, facts, settings.value, opened.value));
  };

  const describe = (listed: ListedThread): ThreadSummary =>
    loaded.get(listed.id)?.describe({ turns: false }) ?? describeListed(listed);

  return {
    codexHome,
    userAgent: agent,
    loadedThread: (id) => loaded.get(id),

    async startThread(params, client) {
      const opening: Opening = { params, client, how: "new" };
      const settings = await settle(params);
      if (!settings.ok) return settings;
      const as = newThread(newId(), settings.value, opening);
      const log = params.ephemeral ? undefined : store.create(as);
      if (log && !log.ok) return log;
      return ok(await load(opening, freshFacts(as, log?.value.path ?? null), settings.value, { log: log?.value }));
    },

    async resumeThread(params, client) {
      const { threadId } = params;
      const running = loaded.get(threadId);
      if (running) return ok(running);
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      // A second client that resumes it meanwhile gets the same thread.
      const begun = resuming.get(threadId) ?? resume(params, client).finally(() => resuming.delete(threadId));
      resuming.set(threadId, begun);
      return begun;
    },

    async forkThread(params, client) {
      if (!isUuid(params.threadId)) return err(fail("invalidThreadId", params.threadId));
      const opening: Opening = { params, client, how: "cold_fork" };
      const parent = store.read(params.threadId, { turns: false });
      if (!parent.ok) return parent;
      const settings = await settle(params, { thread: parent.value } as OpenedThread);
      if (!settings.ok) return settings;
      const as = newThread(newId(), settings.value, opening);
      const { preview } = parent.value;
      if (params.ephemeral) {
        const facts = { ...freshFacts(as, null), preview, forkedFromId: params.threadId };
        return ok(await load(opening, facts, settings.value, { thread: parent.value }));
      }
      const forked = store.fork(
        params.threadId,
        { ...as, baseInstructions: undefined },
        { turns: params.excludeTurns !== true },
      );
      if (!forked.ok) return forked;
      const facts = { ...freshFacts(as, forked.value.log.path), preview, forkedFromId: params.threadId };
      return ok(await load(opening, facts, settings.value, forked.value));
    },

    async readThread({ threadId, includeTurns = false }) {
      const running = loaded.get(threadId);
      if (running) return ok(running.describe({ turns: includeTurns }));
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      const stored = store.read(threadId, { turns: includeTurns });
      if (!stored.ok) return stored;
      return ok(describeStored(stored.value, store.nameOf(threadId) ?? null, stored.value.turns));
    },

    async listThreads({ cwd, searchTerm, archived, limit, cursor }) {
      const threads = await store.list({
        archived: archived ?? false,
        ...(cwd ? { cwd: [cwd].flat() } : {}),
        ...(searchTerm ? { searchTerm } : {}),
      });
      const from = cursor ? threads.findIndex((thread) => thread.id === cursor) + 1 : 0;
      if (cursor && from === 0) return err(fail("unknownCursor", cursor));
      const page = threads.slice(from, from + (limit ?? 25));
      const more = from + page.length < threads.length;
      return ok({ data: page.map(describe), nextCursor: more ? (page.at(-1)?.id ?? null) : null });
    },

    async nameThread({ threadId, name }) {
      if (name.trim() === "") return err(fail("emptyThreadName"));
      const running = loaded.get(threadId);
      if (running && !running.isStored) return err(fail("ephemeralThread", threadId));
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      const known = running ? ok(undefined) : store.read(threadId, { turns: false });
      const named = known.ok ? store.setName(threadId, name) : known;
      if (named.ok) running?.rename(name);
      return named;
    },

    async close() {
      await Promise.all([...loaded.values()].map((thread) => thread.close()));
      loaded.clear();
    },
  };
}

/** How rollouts name the face; an app server's client is always "vscode". Source: the original 0.169.0. */
const sourceOf = (client: Client): ThreadSummary["source"] =>
  ({ codex_exec: "exec", "codex-tui": "cli" })[client.name] ?? "vscode";
