import { writeSync } from "node:fs";

/** Writes all of `text` before it returns, also to a pipe that is full. A reader that has gone ends the process quietly. */
function write(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EAGAIN") Bun.sleepSync(1);
      else if (code === "EPIPE") process.exit(fd === 1 ? 0 : 1);
      else return;
    }
  }
}

/** The process's standard streams. */
export const stdio = {
  out: (text: string): void => write(1, text),
  err: (text: string): void => write(2, text),
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
