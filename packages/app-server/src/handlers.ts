import type { Method, MethodResult, Params } from "@codex/protocol/methods";
import type { Result } from "@codex/protocol/result";
import type { Connection } from "./connection.ts";
import type { AppServer } from "./server.ts";

export type Handler<M extends Method> = (
  params: Params<M>,
  context: { server: AppServer; connection: Connection },
) => Promise<Result<MethodResult<M>>>;

/** One handler a method, loaded at its first use. */
export const handlers: { [M in Method]: () => Promise<Handler<M>> } = {
  initialize: async () => (await import("./handlers/initialize.ts")).initialize,
  "thread/start": async () => (await import("./handlers/thread-start.ts")).threadStart,
  "thread/resume": async () => (await import("./handlers/thread-resume.ts")).threadResume,
  "thread/fork": async () => (await import("./handlers/thread-fork.ts")).threadFork,
  "thread/read": async () => (await import("./handlers/thread-read.ts")).threadRead,
  "thread/list": async () => (await import("./handlers/thread-list.ts")).threadList,
  "thread/name/set": async () => (await import("./handlers/thread-name-set.ts")).threadNameSet,
  "turn/start": async () => (await import("./handlers/turn-start.ts")).turnStart,
  "turn/interrupt": async () => (await import("./handlers/turn-interrupt.ts")).turnInterrupt,
};
