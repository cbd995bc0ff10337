import { ok, type Result } from "@codex/protocol/result";
import { cappedOutput } from "./capped-output.ts";
import type { PtyProgram, PtySize } from "./pty.ts";
import { type ChildInput, spawnStreams, type StreamName } from "./spawn-streams.ts";

export type Limits = {
  readonly input: boolean;
  readonly terminal?: PtySize | undefined;
  /** Bytes of each stream; null for all. */
  readonly outputCap: number | null;
  /** ms; null for no limit. */
  readonly timeout: number | null;
  /** As in `StreamOptions`. */
  readonly drainTime?: number | undefined;
};

/** `capReached` with the piece that fills the cap, the last one of its stream. A promise holds up the process. */
export type OnPiece = (stream: StreamName, bytes: Uint8Array, capReached: boolean) => void | Promise<void>;

type Captured = { readonly text: string; readonly capReached: boolean };

export type LimitedEnd = {
  /** 128 + n after signal n; 124 where the time was up. */
  readonly exitCode: number;
  /** False where something else kept the output open for longer than we waited. */
  readonly drained: boolean;
  /** The texts are empty where the pieces were passed on. */
  readonly stdout: Captured;
  readonly stderr: Captured;
};

export type LimitedProcess = {
  readonly pid: number;
  readonly ended: Promise<LimitedEnd>;
  readonly input: ChildInput | undefined;
  readonly resize: ((size: PtySize) => void) | undefined;
  kill(): Promise<void>;
};

/** As timeout(1) says it. */
const timedOut = 124;

/** Starts a program for somebody who sets its limits; its output is passed on to `onPiece`, or kept where there is none. */
export function runLimited(
  program: PtyProgram,
  limits: Limits,
  onPiece: OnPiece | undefined,
): Result<LimitedProcess, string> {
  const keeps = onPiece === undefined;
  const outputs = { stdout: cappedOutput(limits.outputCap, keeps), stderr: cappedOutput(limits.outputCap, keeps) };
  let over = false;
  const child = spawnStreams(program, limits, (stream, bytes) => {
    if (over) return;
    const { kept, reached } = outputs[stream].take(bytes);
    return kept.byteLength > 0 || reached ? onPiece?.(stream, kept, reached) : undefined;
  });
  if (!child.ok) return child;

  const { ended, kill } = child.value;
  let expired = false;
  const expire = () => {
    expired = true;
    void kill();
  };
  const timer = limits.timeout === null ? undefined : setTimeout(expire, Math.min(limits.timeout, longestTimer));
  const finish = async (): Promise<LimitedEnd> => {
    const { exitCode, drained } = await ended;
    over = true;
    clearTimeout(timer);
    const captured = (stream: StreamName): Captured => ({
      text: outputs[stream].text(),
      capReached: outputs[stream].capReached,
    });
    const code = expired ? timedOut : exitCode;
    return { exitCode: code, drained, stdout: captured("stdout"), stderr: captured("stderr") };
  };
  return ok({ ...child.value, ended: finish() });
}

/** What setTimeout(3) of JavaScript can count, about 25 days; more would be no time at all. */
const longestTimer = 2 ** 31 - 1;
