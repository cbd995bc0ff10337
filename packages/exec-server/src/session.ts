import { endDescendants } from "@codex/platform/process-tree";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Notification } from "./notification.ts";
import type { RunningProcess } from "./process/running-process.ts";

/** Who hears of a session's processes at the moment. */
export type Listener = {
  notify(notification: Notification): void;
  /** Resolves when it has taken most of what it was sent. */
  room(): Promise<void>;
  /** Whether it is still there: a line can be lost without a word. */
  answers(): Promise<boolean>;
  hangUp(): void;
};

/** The processes of one client, which outlive its connection for a while. */
export type Session = {
  readonly id: string;
  readonly processes: Map<string, RunningProcess>;
  listener: Listener | undefined;
};

export type Sessions = {
  /** A new session, or the one that a lost connection left behind. */
  attach(resumeId: string | undefined, listener: Listener): Promise<Result<Session>>;
  /** The connection is gone: somebody may take the session up again within the time. */
  detach(session: Session, listener: Listener): void;
  /** Ends every process of every session. */
  close(): Promise<void>;
};

/** `keepFor`: ms in which a session without connection can be resumed. */
export function openSessions(keepFor: number): Sessions {
  const sessions = new Map<string, { session: Session; expiry: ReturnType<typeof setTimeout> | undefined }>();

  const end = async (session: Session): Promise<void> => {
    sessions.delete(session.id);
    await Promise.all([...session.processes.values()].map((process) => process.end()));
    session.processes.clear();
  };

  return {
    async attach(resumeId, listener) {
      if (resumeId === undefined) {
        const session: Session = { id: crypto.randomUUID(), processes: new Map(), listener };
        sessions.set(session.id, { session, expiry: undefined });
        return ok(session);
      }
      const known = sessions.get(resumeId);
      if (!known) return err(fail("refusedParams", `unknown session id ${resumeId}`));
      const { listener: before } = known.session;
      if (before && (await before.answers())) return err(fail("sessionAttached", resumeId));
      const { listener: now } = known.session;
      // Somebody else may have been quicker.
      if (now && now !== before) return err(fail("sessionAttached", resumeId));
      before?.hangUp();
      clearTimeout(known.expiry);
      known.expiry = undefined;
      known.session.listener = listener;
      return ok(known.session);
    },
    detach(session, listener) {
      if (session.listener !== listener) return;
      session.listener = undefined;
      const known = sessions.get(session.id);
      if (known) known.expiry = setTimeout(() => void end(session), keepFor);
    },
    async close() {
      const all = [...sessions.values()];
      for (const { expiry } of all) clearTimeout(expiry);
      await Promise.all(all.map(({ session }) => end(session)));
      // What has left its parent and its session as well: nobody could end it any more.
      await endDescendants();
    },
  };
}
