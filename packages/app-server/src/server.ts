import type { Audience } from "@codex/core/audience";
import type { Engine } from "@codex/core/engine";
import type { ServerNotification } from "@codex/protocol/notifications";
import { deliverQueue, type QueueDelivery } from "./deliver-queue.ts";
import { trackWork, type Work } from "./track-work.ts";
import { Subscriptions } from "./subscriptions.ts";
import { unloadIdle } from "./unload-idle.ts";

/** What every handler works on. */
export type AppServer = {
  readonly engine: Engine;
  readonly subscriptions: Subscriptions;
  /** What runs, and whether more is taken. */
  readonly work: Work;
  readonly queues: QueueDelivery;
  /** What a client on a wire is told right after the handshake. */
  greeting(): Promise<readonly ServerNotification[]>;
};

/** The engine is made with the audience it speaks to, so it is passed as a function. */
export function createAppServer(
  makeEngine: (audience: Audience) => Engine,
  { greeting = async () => [] }: Partial<Pick<AppServer, "greeting">> = {},
): AppServer {
  const subscriptions = new Subscriptions();
  const work = trackWork();
  const idle = unloadIdle(() => engine, subscriptions);
  const queues = deliverQueue(() => engine, subscriptions, work);
  const audience: Audience = {
    notify: (event) => {
      work.note(event);
      subscriptions.notify(event);
      queues.note(event);
      idle.note(event);
    },
    ask: (method, params, signal) => subscriptions.ask(method, params, signal),
  };
  const engine = makeEngine(audience);
  return { engine, subscriptions, work, queues, greeting };
}
