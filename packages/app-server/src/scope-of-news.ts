import type { ServerNotification } from "@codex/protocol/notifications";
import { threadOf } from "./thread-of.ts";

/** The scope of requests that change who is signed in. */
export const signedIn = "signed in";

/** What a notification is about, as far as it has to wait for an answer: its thread, or who is signed in. */
export function scopeOfNews(event: ServerNotification): string | undefined {
  return aboutAccounts.has(event.method) ? signedIn : threadOf(event);
}

/** With the names of older clients. */
const aboutAccounts: ReadonlySet<string> = new Set([
  "account/updated",
  "account/login/completed",
  "authStatusChange",
  "loginChatGptComplete",
]);
