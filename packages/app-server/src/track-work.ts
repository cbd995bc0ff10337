import type { ServerNotification } from "@codex/protocol/notifications";

/** What is still to be done before the server may end. */
export type Work = {
  /** No new work is taken from now on. */
  drain(): void;
  readonly draining: boolean;
  /** Counts a request until the returned function is called. */
  begin(): () => void;
  /** Hears what becomes of threads. */
  note(event: ServerNotification): void;
  /** Threads in which a turn runs. */
  readonly running: number;
  /**
   * Resolves as soon as no turn runs and no request is being answered. A turn that waits for an answer runs only while
   * `isHeard` says that somebody could give it; call `look` when that may have changed.
   */
  idle(isHeard: () => boolean): Promise<void>;
  look(): void;
};

export function trackWork(): Work {
  /** By thread: whether its turn waits for a client's answer. */
  const active = new Map<string, { waits: boolean }>();
  let requests = 0;
  let draining = false;
  let waiting: (() => void)[] = [];
  const look = () => {
    for (const wake of waiting.splice(0)) wake();
  };
  return {
    drain: () => void (draining = true),
    get draining() {
      return draining;
    },
    begin() {
      requests += 1;
      return () => {
        requests -= 1;
        look();
      };
    },
    note(event) {
      if (event.method !== "thread/status/changed") return;
      const { threadId, status } = event.params;
      if (status.type === "active") active.set(threadId, { waits: status.activeFlags.length > 0 });
      else active.delete(threadId);
      look();
    },
    get running() {
      return active.size;
    },
    async idle(isHeard) {
      const isBusy = () => requests > 0 || [...active.values()].some(({ waits }) => !waits || isHeard());
      do {
        while (isBusy()) await new Promise<void>((resolve) => void waiting.push(resolve));
        // What is told of an end comes in the same breath.
        await Bun.sleep(0);
      } while (isBusy());
    },
    look,
  };
}

/** Requests that begin something which would hold up the end of the server. */
const newWork: ReadonlySet<string> = new Set([
  "thread/start",
  "thread/resume",
  "thread/fork",
  "thread/compact/start",
  "thread/shellCommand",
  "thread/realtime/start",
  "thread/sample",
  "turn/start",
  "review/start",
  "command/exec",
  "process/spawn",
  "mcpServer/tool/call",
]);

export const isNewWork = (method: string): boolean => newWork.has(method);
