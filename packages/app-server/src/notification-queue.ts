import type { ServerNotification } from "@codex/protocol/notifications";

/** Holds what the face has not read yet. */
export class NotificationQueue {
  #waiting: ServerNotification[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  push(notification: ServerNotification): void {
    this.#waiting.push(notification);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *read(): AsyncGenerator<ServerNotification> {
    while (true) {
      const batch = this.#waiting;
      this.#waiting = [];
      yield* batch;
      if (this.#waiting.length > 0) continue;
      if (this.#ended) return;
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      await woken.promise;
    }
  }
}
