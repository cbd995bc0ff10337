import type { Auth } from "@codex/auth/open-auth";
import type { Audience } from "@codex/core/audience";
import type { Client, Engine } from "@codex/core/engine";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { Accounts } from "./account/accounts.ts";
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
  /** Features that clients have switched for as long as the server lives. */
  readonly switchedFeatures: Record<string, boolean>;
  /** What a client on a wire is told right after the handshake. */
  greeting(): Promise<readonly ServerNotification[]>;
  /** The credentials that every thread is signed with. */
  readonly auth: Auth;
  /** Who is signed in and who hears of it; loaded when somebody asks. */
  accounts(): Promise<Accounts>;
  /** Gives up a sign-in that waits, then closes the engine. */
  close(): Promise<void>;
  /** Told of each client that has said hello. */
  introduced(client: Client): void;
  /** The ports for a browser to come back to, where they are not the usual ones. */
  readonly loginPorts: readonly number[] | undefined;
};

export type AppServerOptions = Pick<AppServer, "auth"> &
  Partial<Pick<AppServer, "greeting" | "introduced" | "loginPorts">>;

/** The engine is made with the audience it speaks to, so it is passed as a function. */
export function createAppServer(
  makeEngine: (audience: Audience) => Engine,
  { auth, greeting = async () => [], introduced = () => {}, loginPorts }: AppServerOptions,
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
  let opened: Promise<Accounts> | undefined;
  const accounts = () =>
    (opened ??= import("./account/accounts.ts").then(({ openAccounts }) =>
      openAccounts({ auth, engine, subscriptions }),
    ));
  const close = async () => {
    if (opened) await (await opened).close();
    await engine.close();
  };
  return {
    engine,
    subscriptions,
    work,
    queues,
    switchedFeatures: {},
    greeting,
    auth,
    accounts,
    introduced,
    loginPorts,
    close,
  };
}
