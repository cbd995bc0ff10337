import { openAuth } from "@codex/auth/open-auth";
import { dispatch } from "@codex/app-server/dispatch";
import type { Connection } from "@codex/app-server/connection";
import { createAppServer, type AppServer } from "@codex/app-server/server";
import { loadConfig } from "@codex/config/load-config";
import { createEngine } from "@codex/core/create-engine";
import { resolveProvider } from "@codex/model/providers";
import { systemClock } from "@codex/platform/clock";
import type { ServerRequest, ServerRequestMethod, ServerRequestResults } from "@codex/protocol/approvals";
import type { CodexError } from "@codex/protocol/errors";
import type { Method, MethodResult, Params } from "@codex/protocol/methods";
import type { NotificationMethod, ServerNotification } from "@codex/protocol/notifications";
import { ok, type Result } from "@codex/protocol/result";
import type { Turn } from "@codex/protocol/thread";
import { version } from "@codex/protocol/version";
import { thisMachine } from "@codex/sandbox/machine";
import { makeLauncher } from "@codex/sandbox/make-launcher";
import { prepareLaunch, type LaunchOptions } from "../../packages/scripted-model/src/launch.ts";
import { within } from "../../packages/scripted-model/src/within.ts";

export type Answer = ServerRequestResults[ServerRequestMethod];

/** A notification of one method. */
export type Heard<M extends NotificationMethod> = Extract<ServerNotification, { method: M }>;

/** One face, as a test sees it: what it sends, what it hears, what it is asked. */
export type TestClient = {
  /** Sends anything, as a foreign client may. */
  send(method: string, params: unknown): Promise<Result<unknown>>;
  /** The result; throws for an error. */
  ask<M extends Method>(method: M, params: Params<M>): Promise<MethodResult<M>>;
  /** The error; throws for a result. */
  refused(method: string, params: unknown): Promise<CodexError>;
  readonly heard: ServerNotification[];
  readonly questions: ServerRequest[];
  /** Everything heard of one method, oldest first. */
  all<M extends NotificationMethod>(method: M): Heard<M>["params"][];
  /** The first notification from now on, or among those heard, that fits. */
  until<M extends NotificationMethod>(
    method: M,
    fits?: (params: Heard<M>["params"]) => boolean,
  ): Promise<Heard<M>["params"]>;
  /** Says something in a thread and gives the turn as it ended. */
  turn(threadId: string, text: string, more?: Partial<Params<"turn/start">>): Promise<Turn>;
  /** From now on questions get this answer. */
  answers(answer: (question: ServerRequest) => unknown): void;
  /** Hangs up. */
  leave(): void;
};

export type TestServer = AsyncDisposable & {
  readonly server: AppServer;
  /** A client that has said hello, whose params are checked as those of a foreign one. */
  connect(capabilities?: { optOutNotificationMethods?: string[]; experimentalApi?: boolean }): Promise<TestClient>;
  /** A client that has said nothing yet. */
  strange(): TestClient;
  close(): Promise<void>;
};

const innerStage = [process.execPath, `${import.meta.dir}/../../packages/sandbox/src/inner.test-support.ts`];

const limitMs = 15_000;

/** The real engine behind the real dispatch in this process, talking to a scripted model. Without a sandbox unless `config` sets one. */
export async function startServer(
  options: Pick<LaunchOptions, "server" | "ws" | "config" | "provider">,
): Promise<TestServer> {
  const own = options.config === undefined || options.config === false ? "" : options.config;
  const config = own.includes("sandbox_mode") ? own : `sandbox_mode = "danger-full-access"\n${own}`;
  const launch = await prepareLaunch({ ...options, config, binary: "codex" });
  const { env, home: codexHome, cwd } = launch;
  const auth = await openAuth({
    codexHome,
    env,
    store: "file",
    environmentKey: "last",
    client: () => ({ originator: "test", userAgent: "test" }),
  });
  const server = createAppServer(
    (audience) =>
      createEngine({
        codexHome,
        env,
        cwd,
        clock: systemClock,
        audience,
        loadConfig: (folder, overrides) => {
          const flags = Object.entries(overrides).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
          return loadConfig({ codexHome, cwd: folder, env, overrides: flags });
        },
        provider: (id, settings) =>
          resolveProvider(id, {
            providers: settings.model_providers ?? {},
            openAiBaseUrl: settings.openai_base_url,
            env,
            credentials: () => ok(undefined),
            version,
          }),
        commands: {
          launcher: makeLauncher({ machine: thisMachine, codexHome, env, inner: innerStage }),
          shell: { path: "/bin/bash" },
          toolFolder: undefined,
        },
        debug: () => undefined,
      }),
    { auth },
  );
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= server.engine.close());
  return {
    server,
    strange: () => connectTo(server),
    connect: async (capabilities) => {
      const client = connectTo(server);
      await client.ask("initialize", {
        clientInfo: { name: "test", version: "1" },
        capabilities: { experimentalApi: true, ...capabilities },
      });
      return client;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

let connections = 0;

function connectTo(server: AppServer): TestClient {
  const heard: ServerNotification[] = [];
  const questions: ServerRequest[] = [];
  let listeners: (() => void)[] = [];
  let answer: (question: ServerRequest) => unknown = () => ({ decision: "decline" });
  const wake = () => {
    const woken = listeners;
    listeners = [];
    for (const listener of woken) listener();
  };
  const connection: Connection = {
    id: connections++,
    checksParams: true,
    client: undefined,
    optedOut: new Set(),
    experimentalApi: true,
    gone: new AbortController().signal,
    notify: (notification) => {
      // As a line on a wire would be: what is changed afterwards does not change what was sent.
      heard.push(structuredClone(notification));
      wake();
    },
    ask: async (question) => {
      questions.push(question);
      return (await answer(question)) as Answer;
    },
  };
  server.subscriptions.add(connection);

  const send = (method: string, params: unknown) =>
    dispatch(server, connection, method as Method, params as Params<Method>) as Promise<Result<unknown>>;
  const ask = async <M extends Method>(method: M, params: Params<M>): Promise<MethodResult<M>> => {
    const result = await dispatch(server, connection, method, params);
    if (!result.ok) throw new Error(`${method}: ${result.error.message}`);
    return structuredClone(result.value);
  };
  const all = <M extends NotificationMethod>(method: M): Heard<M>["params"][] =>
    heard.flatMap((each) => (each.method === method ? [each.params as Heard<M>["params"]] : []));
  const waitFor = async <T>(find: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const { promise, resolve } = Promise.withResolvers<void>();
      listeners.push(resolve);
      await promise;
    }
  };
  const until: TestClient["until"] = (method, fits = () => true) =>
    within(
      limitMs,
      waitFor(() => all(method).find(fits)),
      `No ${method} that fits came.`,
    );

  return {
    send,
    ask,
    refused: async (method, params) => {
      const result = await send(method, params);
      if (result.ok) throw new Error(`${method} was not refused: ${JSON.stringify(result.value)}`);
      return result.error;
    },
    heard,
    questions,
    all,
    until,
    turn: async (threadId, text, more = {}) => {
      const { turn } = await ask("turn/start", { threadId, input: [{ type: "text", text }], ...more });
      return (await until("turn/completed", (params) => params.turn.id === turn.id)).turn;
    },
    answers: (next) => {
      answer = next;
    },
    leave: () => server.subscriptions.remove(connection),
  };
}
