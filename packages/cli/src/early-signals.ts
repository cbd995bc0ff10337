import type { ExecIo } from "@codex/exec/options";
import { onSignal } from "@codex/platform/on-signal";

type EarlySignals = {
  /** Resolves to the exit code when a signal comes before the turn listens; else never. */
  readonly interrupted: Promise<number>;
  /** For the turn: from its call on the signals are the turn's. */
  readonly handOver: ExecIo["onSignal"];
  stop(): void;
};

/** While a run starts, a signal ends it as it would a turn: `say` tells of the interruption, then `interrupted` resolves. */
export function earlySignals(say: (signal: "SIGINT" | "SIGTERM") => void): EarlySignals {
  const { promise, resolve } = Promise.withResolvers<number>();
  const stop = onSignal((signal) => {
    say(signal);
    resolve(signal === "SIGINT" ? 1 : 143);
  });
  return {
    interrupted: promise,
    stop,
    handOver: (listener) => {
      stop();
      return onSignal(listener);
    },
  };
}
