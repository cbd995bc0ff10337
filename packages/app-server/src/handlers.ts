import type { Method } from "@codex/protocol/methods";
import type { Handler } from "./handler.ts";

/** One handler a method, loaded at its first use. Methods without one are in unavailable-methods.ts. */
export const handlers = {
  initialize: async () => (await import("./handlers/initialize.ts")).initialize,
  "thread/start": async () => (await import("./handlers/thread-start.ts")).threadStart,
  "thread/resume": async () => (await import("./handlers/thread-resume.ts")).threadResume,
  "thread/fork": async () => (await import("./handlers/thread-fork.ts")).threadFork,
  "thread/read": async () => (await import("./handlers/thread-read.ts")).threadRead,
  "thread/list": async () => (await import("./handlers/thread-list.ts")).threadList,
  "thread/name/set": async () => (await import("./handlers/thread-name-set.ts")).threadNameSet,
  "turn/start": async () => (await import("./handlers/turn-start.ts")).turnStart,
  "turn/interrupt": async () => (await import("./handlers/turn-interrupt.ts")).turnInterrupt,
} satisfies { [M in Method]?: () => Promise<Handler<M>> };

export type Handlers = typeof handlers;

/** The handler of a method, where it has one. */
export function loadHandler<M extends Method>(method: M): (() => Promise<Handler<M>>) | undefined {
  const found: { readonly [N in Method]?: () => Promise<Handler<N>> } = handlers;
  return found[method];
}
