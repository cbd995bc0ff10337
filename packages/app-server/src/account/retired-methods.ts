import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import { isObject } from "@codex/protocol/json";
import type { ServerNotification } from "@codex/protocol/notifications";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Connection } from "../connection.ts";
import type { AppServer } from "../server.ts";
import type { AccountEvent } from "./account-news.ts";
import { logIn } from "./log-in.ts";
import { logOut } from "./log-out.ts";

/**
 * The names by which clients of 0.58 and before sign in and out, with the notifications that they wait for. Who has used one
 * of these names hears of changes by the old names too; nobody else does. Today's methods do the work.
 */
export function retiredCall(
  server: AppServer,
  connection: Connection,
  method: string,
  params: unknown,
): (() => Promise<Result<unknown>>) | undefined {
  const run = Object.hasOwn(retired, method) ? retired[method] : undefined;
  if (!run) return undefined;
  return async () => {
    if (!connection.client) return err(fail("notInitialized"));
    await tellByOldNames(server, connection);
    return run({ server, connection, params });
  };
}

type Call = { server: AppServer; connection: Connection; params: unknown };

const retired: Readonly<Record<string, (call: Call) => Promise<Result<unknown>>>> = {
  loginApiKey: async ({ params, ...call }) => {
    const apiKey = textField(params, "apiKey");
    if (!apiKey.ok) return apiKey;
    const done = await logIn({ type: "apiKey", apiKey: apiKey.value }, call);
    return done.ok ? ok({}) : done;
  },
  loginChatGpt: async (call) => {
    const started = await logIn({ type: "chatgpt" }, call);
    if (!started.ok || started.value.type !== "chatgpt") return started;
    const { loginId, authUrl } = started.value;
    return ok({ loginId, authUrl });
  },
  cancelLoginChatGpt: async ({ server, params }) => {
    const loginId = textField(params, "loginId");
    if (!loginId.ok) return loginId;
    if (!isUuid(loginId.value)) return err(fail("invalidRequest", `loginId is no UUID: ${loginId.value}`));
    const { signIns } = await server.accounts();
    return signIns.cancel(loginId.value) ? ok({}) : err(fail("loginRefused", `login id not found: ${loginId.value}`));
  },
  logoutChatGpt: async ({ server, connection }) => {
    const out = await logOut(server, connection);
    return out.ok ? ok({}) : out;
  },
};

function textField(params: unknown, name: string): Result<string> {
  if (!isObject(params)) return err(fail("invalidRequest", "missing field `params`"));
  const value = params[name];
  if (value === undefined) return err(fail("invalidRequest", `missing field \`${name}\``));
  return typeof value === "string" ? ok(value) : err(fail("invalidRequest", `\`${name}\` is no string`));
}

const listening = new WeakSet<Connection>();

async function tellByOldNames(server: AppServer, connection: Connection): Promise<void> {
  if (listening.has(connection)) return;
  listening.add(connection);
  const { news } = await server.accounts();
  const stop = news.hear((event) => {
    const old = byOldName(event);
    // The protocol of today does not know these; a connection passes on whatever it is given.
    if (old && !connection.optedOut.has(old.method)) connection.notify(old as unknown as ServerNotification);
  });
  connection.gone.addEventListener("abort", stop, { once: true });
}

/** Undefined for what was not told then: that a key was taken shows in the change alone. */
function byOldName({ method, params }: AccountEvent): { method: string; params: Record<string, unknown> } | undefined {
  if (method === "account/updated") {
    const { authMode } = params;
    return {
      method: "authStatusChange",
      params: { authMethod: authMode && (authMode === "apikey" ? authMode : "chatgpt") },
    };
  }
  const { loginId, success, error } = params;
  return loginId === null ? undefined : { method: "loginChatGptComplete", params: { loginId, success, error } };
}
