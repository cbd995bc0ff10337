import type { Readable } from "node:stream";

/** The end of what a stream has brought so far. */
export type Tail = {
  text(): string;
  /** The last line that is not blank, cut to one that fits into a sentence. */
  lastLine(): string;
};

const keptCharacters = 16 * 1024;
const shownCharacters = 500;

/** Reads the stream without end, so that its writer is never held up, and keeps the last 16 KiB of its text. */
export function keepTail(stream: Readable): Tail {
  let kept = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    kept = (kept + text).slice(-keptCharacters);
  });
  return {
    text: () => kept,
    lastLine: () => (kept.trimEnd().split("\n").at(-1) ?? "").trim().slice(0, shownCharacters),
  };
}
