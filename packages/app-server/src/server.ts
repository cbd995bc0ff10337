import type { Audience } from "@codex/core/audience";
import type { Engine } from "@codex/core/engine";
import type { ServerNotification } from "@codex/protocol/notifications";
import { Subscriptions } from "./subscriptions.ts";

/** What every handler works on. */
export type AppServer = {
  readonly engine: Engine;
  readonly subscriptions: Subscriptions;
  /** What a client on a wire is told right after the handshake. */
  greeting(): Promise<readonly ServerNotification[]>;
};

/** The engine is made with the audience it speaks to, so it is passed as a function. */
export function createAppServer(
  makeEngine: (audience: Audience) => Engine,
  { greeting = async () => [] }: Partial<Pick<AppServer, "greeting">> = {},
): AppServer {
  const subscriptions = new Subscriptions();
  return { engine: makeEngine(subscriptions), subscriptions, greeting };
}
