import type { MethodResult, Params } from "@codex/protocol/methods";
import type { Result } from "@codex/protocol/result";
import type { Thread as ThreadSummary } from "@codex/protocol/thread";
import type { EngineHost } from "./engine-host.ts";
import type { ThreadQueue } from "./thread-queue.ts";
import type { Standing } from "./thread/standing-of.ts";
import type { Thread } from "./thread/thread.ts";

/** Who drives the engine, as its first client said. */
export type Client = { readonly name: string; readonly version: string };

/** A page of the list; `readStates` is the app server's to say. */
export type ThreadListPage = Omit<MethodResult<"thread/list">, "readStates">;

/** The engine as the app server sees it. Threads live in it from start or resume until they are closed. */
export type Engine = {
  readonly codexHome: string;
  readonly host: EngineHost;
  userAgent(client: Client): string;
  startThread(params: Params<"thread/start">, client: Client): Promise<Result<Thread>>;
  /** The thread itself where it is loaded, whatever the params say. */
  resumeThread(params: Params<"thread/resume">, client: Client): Promise<Result<Thread>>;
  forkThread(params: Params<"thread/fork">, client: Client): Promise<Result<Thread>>;
  /** Takes a turn and all after it out of a thread, for good; what the thread runs is interrupted. */
  revertThread(params: Params<"thread/revert">, client: Client): Promise<Result<Thread>>;
  loadedThread(id: string): Thread | undefined;
  /** In the order of their ids. */
  loadedThreads(): Thread[];
  /** Closes a thread, which may be loaded again where it is stored; false where it is not loaded, or `may` says no at last. */
  unloadThread(id: string, may: () => boolean): Promise<boolean>;

  readThread(params: Params<"thread/read">): Promise<Result<ThreadSummary>>;
  listThreads(params: Params<"thread/list">): Promise<Result<ThreadListPage>>;
  listTurns(params: Params<"thread/turns/list">): Promise<Result<MethodResult<"thread/turns/list">>>;
  listItems(params: Params<"thread/items/list">): Promise<Result<MethodResult<"thread/items/list">>>;
  standing(id: string): Standing;

  /** The name as it is kept. */
  nameThread(params: Params<"thread/name/set">): Promise<Result<string>>;
  updateMetadata(params: Params<"thread/metadata/update">): Promise<Result<ThreadSummary>>;
  /** A loaded thread is closed; what it runs is interrupted. */
  archiveThread(id: string): Promise<Result<void>>;
  unarchiveThread(id: string): Promise<Result<ThreadSummary>>;
  deleteThread(id: string): Promise<Result<void>>;
  /** What waits to be said in threads. */
  readonly queue: ThreadQueue;
  /** Interrupts what runs, ends background commands, closes every rollout. */
  close(): Promise<void>;
};
