import type { LoadedConfig } from "@codex/config/load-config";
import type { Environment } from "@codex/platform/env";
import type { Params } from "@codex/protocol/methods";
import type { Result } from "@codex/protocol/result";
import type { Thread as ThreadSummary } from "@codex/protocol/thread";
import type { Thread } from "./thread/thread.ts";
import type { CommandWorld } from "./tools/make-tool-kit.ts";

/** Who drives the engine, as its first client said. */
export type Client = { readonly name: string; readonly version: string };

/** The machine and the settings that threads have, for what a client runs beside them. */
export type EngineHost = {
  readonly env: Environment;
  /** Absolute; where a relative path of a client starts. */
  readonly cwd: string;
  /** The config as it holds in a folder, with a client's dotted overrides. */
  loadConfig(cwd: string, overrides: Record<string, unknown>): Promise<Result<LoadedConfig>>;
  readonly commands: CommandWorld;
};

/** The engine as the app server sees it. Threads live in it from start or resume until they are closed. */
export type Engine = {
  readonly codexHome: string;
  readonly host: EngineHost;
  userAgent(client: Client): string;
  startThread(params: Params<"thread/start">, client: Client): Promise<Result<Thread>>;
  resumeThread(params: Params<"thread/resume">, client: Client): Promise<Result<Thread>>;
  forkThread(params: Params<"thread/fork">, client: Client): Promise<Result<Thread>>;
  loadedThread(id: string): Thread | undefined;
  readThread(params: Params<"thread/read">): Promise<Result<ThreadSummary>>;
  listThreads(params: Params<"thread/list">): Promise<Result<{ data: ThreadSummary[]; nextCursor: string | null }>>;
  nameThread(params: Params<"thread/name/set">): Promise<Result<void>>;
  /** Interrupts what runs, ends background commands, closes every rollout. */
  close(): Promise<void>;
};
