import type { Audience } from "@codex/core/audience";
import type { Engine } from "@codex/core/engine";
import { Subscriptions } from "./subscriptions.ts";

/** What every handler works on. */
export type AppServer = { readonly engine: Engine; readonly subscriptions: Subscriptions };

/** The engine is made with the audience it speaks to, so it is passed as a function. */
export function createAppServer(makeEngine: (audience: Audience) => Engine): AppServer {
  const subscriptions = new Subscriptions();
  return { engine: makeEngine(subscriptions), subscriptions };
}
