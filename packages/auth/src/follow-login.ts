import { err, ok, type Result } from "@codex/protocol/result";
import type { Credentials } from "./credentials.ts";
import { openSession, type AuthSession, type SessionDeps } from "./open-session.ts";
import { refusalOf } from "./restrictions.ts";
import type { Signer } from "./signer.ts";

/** What signs a conversation, and what that was when it began. */
export type Conversation = AuthSession & { readonly mode: Credentials["mode"] };

/**
 * Binds a conversation to who is signed in now; undefined where nobody is. It keeps its account whatever another process
 * signs in to. Who signs in or out in this process speaks for its conversations too: their next turn goes by that.
 */
export function followLogin(deps: SessionDeps): Result<Conversation | undefined, string> {
  const { auth } = deps;
  const first = bind(deps);
  if (!first.ok || first.value === undefined) return first.ok ? ok(undefined) : first;
  let seen = auth.changes();
  let bound: ReturnType<typeof bind> = first;
  return ok({
    mode: first.value.mode,
    startTurn: () => {
      if (auth.changes() !== seen) {
        seen = auth.changes();
        bound = bind(deps);
      }
      if (!bound.ok) return refusing(bound.error);
      return bound.value?.startTurn() ?? refusing("Nobody is signed in any more. Run `codex login`.");
    },
  });
}

function bind(deps: SessionDeps): Result<Conversation | undefined, string> {
  const found = deps.auth.credentials();
  if (!found.ok) return found;
  const credentials = found.value;
  if (credentials === undefined) return ok(undefined);
  const refusal = refusalOf(credentials, deps.restrictions);
  if (refusal !== undefined) return err(refusal);
  const session = openSession(credentials, deps);
  return session.ok ? ok({ ...session.value, mode: credentials.mode }) : session;
}

const refusing = (why: string): Signer => ({
  current: async () => err(why),
  renew: async () => err(why),
});
