/** How long to wait for a server that says nothing. */
export type Patience = {
  idleTimeoutMs: number;
  /** Looks whether anybody is there at all, once no reply has come for so long; undefined where that cannot be told. */
  probe?: { afterMs: number; canConnect(): Promise<boolean> } | undefined;
};

/**
 * Sends, and gives up on a server that takes the request and never answers ("idle") or is not there ("swallowed").
 * Aborting `signal` rejects, and goes on to break off the reply's body when the reply is here: `signal` should be this
 * attempt's own, because the listener on it stays.
 */
export async function waitForReply<T>(
  { idleTimeoutMs, probe }: Patience,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T | "idle" | "swallowed"> {
  const sending = new AbortController();
  const stop = () => sending.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });

  let state: "waiting" | "answered" | "idle" | "swallowed" = "waiting";
  const giveUp = (why: "idle" | "swallowed") => {
    if (state !== "waiting") return;
    state = why;
    sending.abort();
  };
  const look = async () => {
    if ((await probe?.canConnect()) === false) giveUp("swallowed");
  };
  const idleTimer = setTimeout(() => giveUp("idle"), idleTimeoutMs);
  const probeTimer = probe && setTimeout(() => void look(), probe.afterMs);
  try {
    const reply = await send(sending.signal);
    state = "answered";
    return reply;
  } catch (error) {
    const gaveUp = whyGivenUp(state);
    if (gaveUp !== undefined && !signal.aborted) return gaveUp;
    throw error;
  } finally {
    clearTimeout(idleTimer);
    clearTimeout(probeTimer);
  }
}

const whyGivenUp = (state: string): "idle" | "swallowed" | undefined =>
  state === "idle" || state === "swallowed" ? state : undefined;
