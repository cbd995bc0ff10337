import { isObject } from "@codex/protocol/json";
import { newThreads } from "./outbox.ts";
import { signedIn } from "./scope-of-news.ts";

/** What a request is about, as far as order goes. */
export type Scope = {
  /** Requests of one client with the same queue are answered one after the other; undefined waits for nobody. */
  readonly queue: string | undefined;
  /** What must not be told before the answer. */
  readonly holds: string | undefined;
};

/** Requests that go on for as long as something runs, or wait for the client themselves: nothing may wait for them. */
const longRunning: ReadonlySet<string> = new Set([
  "command/exec",
  "mcpServer/tool/call",
  "mcpServer/oauth/login",
  "mcpServer/resource/read",
  "thread/sample",
]);

export const isLongRunning = (method: string): boolean => longRunning.has(method);

export function scopeOf(method: string, params: unknown): Scope {
  if (isLongRunning(method)) return { queue: undefined, holds: undefined };
  if (signingIn.has(method)) return { queue: "account", holds: signedIn };
  const fields = isObject(params) ? params : {};
  const { threadId, processId, processHandle, watchId, sessionId } = fields;
  const isMaking = method === "thread/start" || method === "thread/fork";
  if (typeof threadId === "string") return { queue: `thread ${threadId}`, holds: isMaking ? newThreads : threadId };
  if (isMaking) return { queue: undefined, holds: newThreads };
  const named = [processId, processHandle, watchId, sessionId].find((id) => typeof id === "string");
  if (named !== undefined) return { queue: `${method.split("/")[0]} ${named}`, holds: undefined };
  // Far away, and slow when the service is.
  if (method === "account/rateLimits/read") return { queue: undefined, holds: undefined };
  const [area = ""] = method === "getAuthStatus" ? ["account"] : method.split("/");
  return { queue: settings.has(area) ? area : undefined, holds: undefined };
}

/** Today's names, and those of older clients. */
const signingIn: ReadonlySet<string> = new Set([
  "account/login/start",
  "account/login/cancel",
  "account/logout",
  "loginApiKey",
  "loginChatGpt",
  "cancelLoginChatGpt",
  "logoutChatGpt",
]);

/** What is set is read back as it was set. */
const settings: ReadonlySet<string> = new Set(["config", "account", "experimentalFeature", "modelProvider", "skills"]);
