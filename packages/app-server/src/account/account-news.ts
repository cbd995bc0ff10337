import type { ServerNotification } from "@codex/protocol/notifications";
import type { Subscriptions } from "../subscriptions.ts";

/** What changes about who is signed in. */
export type AccountEvent = Extract<ServerNotification, { method: "account/login/completed" | "account/updated" }>;

/** Tells every client, and whoever else wants to know, in the order in which it happens. */
export type AccountNews = {
  tell(event: AccountEvent): void;
  /** Returns how to stop hearing. */
  hear(listener: (event: AccountEvent) => void): () => void;
};

export function accountNews(subscriptions: Pick<Subscriptions, "notify">): AccountNews {
  const listeners = new Set<(event: AccountEvent) => void>();
  return {
    tell: (event) => {
      subscriptions.notify(event);
      for (const listener of listeners) listener(event);
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
