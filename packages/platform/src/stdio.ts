import { writeSync } from "node:fs";
import { fileProblem } from "./read-file.ts";

const descriptors = { out: 1, err: 2 } as const;

/** Gives why not all of it could be written: "broken pipe" where the reader has gone, "no space left on device". */
function offer(stream: "out" | "err", text: string): string | undefined {
  const bytes = Buffer.from(text);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(descriptors[stream], bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") Bun.sleepSync(1);
      else return fileProblem(stream, error).reason;
    }
  }
  return undefined;
}

/** As `offer`, for what has nothing to tidy up: output that cannot be written ends the process, for a reader that has gone quietly. */
function write(stream: "out" | "err", text: string): void {
  const problem = offer(stream, text);
  if (problem === undefined) return;
  if (stream === "out" && problem !== "broken pipe") offer("err", `Cannot write to standard output: ${problem}.\n`);
  if (stream === "out" || problem === "broken pipe") process.exit(1);
}

/** The process's standard streams. A write returns when all is written, also to a pipe that is full. */
export const stdio = {
  out: (text: string): void => write("out", text),
  err: (text: string): void => write("err", text),
  offer,
  isTerminal: (stream: "in" | "out" | "err"): boolean =>
    ({ in: process.stdin, out: process.stdout, err: process.stderr })[stream].isTTY === true,
};

export type StdinText = { type: "text"; bytes: Uint8Array } | { type: "silent" };

/**
 * Reads standard input to its end. With `patienceMs`, an input that neither says anything nor ends within that time is left
 * alone ("silent"): an open pipe that nobody writes to must not hold up a run.
 */
export async function readStdin(patienceMs?: number): Promise<StdinText> {
  const chunks: Uint8Array[] = [];
  const reader = Bun.stdin.stream().getReader();
  let patience: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<"silent">((resolve) => {
    if (patienceMs !== undefined) patience = setTimeout(() => resolve("silent"), patienceMs);
  });
  try {
    while (true) {
      const read = reader.read();
      const first = chunks.length === 0 ? await Promise.race([read, silent]) : await read;
      if (first === "silent") return { type: "silent" };
      if (first.done) return { type: "text", bytes: Buffer.concat(chunks) };
      chunks.push(first.value);
    }
  } finally {
    clearTimeout(patience);
  }
}
