import type { ThreadBackgroundTerminal } from "@codex/protocol/methods/thread-background-terminals-list";
import type { ExecSessions } from "../exec-session/exec-sessions.ts";

/** The commands that outlived their calls, for the person who looks after them. */
export type BackgroundTerminals = {
  list(): ThreadBackgroundTerminal[];
  /** Ends one; false where no such command runs. */
  terminate(processId: string): Promise<boolean>;
  /** Ends them all. */
  clean(): Promise<void>;
};

export function backgroundTerminals(sessions: ExecSessions): BackgroundTerminals {
  return {
    list: () =>
      sessions.running().map(({ id, itemId, pid, shown }) => ({
        itemId,
        processId: String(id),
        ...shown,
        osPid: pid,
        cpuPercent: null,
        rssKb: null,
      })),
    async terminate(processId) {
      const session = sessions.running().find(({ id }) => String(id) === processId);
      await session?.kill(grace);
      return session !== undefined;
    },
    async clean() {
      await Promise.all(sessions.running().map((session) => session.kill(grace)));
    },
  };
}

/** ms from SIGTERM to SIGKILL. */
const grace = 1000;
