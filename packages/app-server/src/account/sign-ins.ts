import type { SignInAttempt } from "@codex/auth/sign-in/sign-in-deps";
import type { Result } from "@codex/protocol/result";
import type { AccountNews } from "./account-news.ts";
import { accountUpdated } from "./account-updated.ts";
import type { SignedInNow } from "./account-updated.ts";

/** How a failed sign-in is told: the browser's with the prefix that clients know. */
const told = {
  browser: (why: string) => `Login server error: ${why}`,
  device: (why: string) => why,
} as const;

export type SignInKind = keyof typeof told;

/** The sign-in of this server that waits for its person. There is one at a time: a newer one, or any other login, ends it. */
export type SignIns = {
  /** Ends what waits, starts another, and gives the id under which it is known. `start` runs once the old one has let go of its port. */
  begin<A extends SignInAttempt>(
    kind: SignInKind,
    start: () => Promise<Result<A, string>>,
  ): Promise<Result<A & { loginId: string }, string>>;
  /** False where no sign-in of this id waits. */
  cancel(loginId: string): boolean;
  /** Ends what waits, whichever it is; resolves when that has been told. */
  end(): Promise<void>;
};

type Waiting = { loginId: string; attempt: SignInAttempt; over: Promise<void>; givenUp: boolean };

export function signIns(news: AccountNews, who: SignedInNow): SignIns {
  let waiting: Waiting | undefined;
  /** One beginning at a time: both would want the same port. */
  let turn: Promise<unknown> = Promise.resolve();

  const follow = async (kind: SignInKind, now: Waiting): Promise<void> => {
    const done = await now.attempt.done;
    if (waiting === now) waiting = undefined;
    const error = done.ok ? null : told[kind](now.givenUp ? "Login was not completed" : done.error);
    news.tell({
      method: "account/login/completed",
      params: { loginId: now.loginId, success: done.ok, error, onboardingEntrypoint: null },
    });
    if (done.ok) news.tell(await accountUpdated(who));
  };
  const end = async (): Promise<void> => {
    const now = waiting;
    waiting = undefined;
    if (!now) return;
    now.givenUp = true;
    now.attempt.cancel();
    await now.over;
  };
  return {
    begin: (kind, start) => {
      const begun = turn.then(async () => {
        await end();
        const started = await start();
        if (!started.ok) return started;
        const attempt = started.value;
        const loginId = crypto.randomUUID();
        const now: Waiting = { loginId, attempt, over: Promise.resolve(), givenUp: false };
        waiting = now;
        now.over = follow(kind, now);
        return { ok: true as const, value: { ...attempt, loginId } };
      });
      turn = begun.catch(() => undefined);
      return begun;
    },
    cancel: (loginId) => {
      if (waiting?.loginId !== loginId) return false;
      void end();
      return true;
    },
    end,
  };
}
