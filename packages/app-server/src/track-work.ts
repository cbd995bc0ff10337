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
  /** Resolves as soon as no turn runs and no request is being answered. */
  idle(): Promise<void>;
};

export function trackWork(): Work {
  const active = new Set<string>();
  let requests = 0;
  let draining = false;
  let waiting: (() => void)[] = [];
  const isIdle = () => active.size === 0 && requests === 0;
  const check = () => {
    if (!isIdle()) return;
    for (const resolve of waiting.splice(0)) resolve();
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
        check();
      };
    },
    note(event) {
      if (event.method !== "thread/status/changed") return;
      const { threadId, status } = event.params;
      if (status.type === "active") active.add(threadId);
      else active.delete(threadId);
      check();
    },
    get running() {
      return active.size;
    },
    async idle() {
      while (!isIdle()) await new Promise<void>((resolve) => void waiting.push(resolve));
      // What is told of an end comes in the same breath.
      await Bun.sleep(0);
      if (!isIdle()) await this.idle();
    },
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
