/** Why a run is to end before its turn is done: a signal, or output that cannot be written, with the system's reason. */
export type StopReason = { signal: "SIGINT" | "SIGTERM" } | { unwritable: string };

/** The first request to stop counts, and is kept until there is something to stop. */
export type StopRequest = {
  readonly reason: StopReason | undefined;
  ask(reason: StopReason): void;
  /** Calls back once: now where it was asked already. */
  whenAsked(act: () => void): void;
};

export function stopRequest(): StopRequest {
  let reason: StopReason | undefined;
  let act: () => void = () => undefined;
  return {
    get reason() {
      return reason;
    },
    ask(why) {
      if (reason) return;
      reason = why;
      act();
    },
    whenAsked(callback) {
      act = callback;
      if (reason) act();
    },
  };
}
