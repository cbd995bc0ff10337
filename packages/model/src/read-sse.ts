import { createParser } from "eventsource-parser";
import { readFetchError } from "@codex/platform/http";
import type { Batch } from "./transport.ts";

/**
 * Cuts a body of server-sent events into the texts of its `data` fields, one batch for each piece that arrives; how the
 * body was cut into pieces makes no difference. The last batch says how it ended; leaving early closes the body.
 *
 * `idleTimeoutMs` counts only while we wait for the server, not while the reader of the batches is busy.
 */
export async function* readSse(body: ReadableStream<Uint8Array>, idleTimeoutMs: number): AsyncGenerator<Batch, void> {
  const reader: Reader = body.getReader();
  const decoder = new TextDecoder();
  let texts: string[] = [];
  const parser = createParser({ onEvent: (event) => texts.push(event.data) });
  const take = (): Batch => {
    const batch: Batch = { type: "events", texts };
    texts = [];
    return batch;
  };
  let over = false;
  try {
    for (;;) {
      const piece = await readWithin(reader, idleTimeoutMs);
      // a last event whose blank line was never sent is still whole
      parser.feed(piece.type === "bytes" ? decoder.decode(piece.bytes, { stream: true }) : `${decoder.decode()}\n\n`);
      if (texts.length > 0) yield take();
      if (piece.type === "bytes") continue;
      over = true;
      yield piece.end;
      return;
    }
  } finally {
    if (!over) void drain(reader);
  }
}

type Reader = {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
};
type Piece = { type: "bytes"; bytes: Uint8Array } | { type: "end"; end: Batch };

async function readWithin(reader: Reader, idleTimeoutMs: number): Promise<Piece> {
  let idle = false;
  const timer = setTimeout(() => {
    idle = true;
    // makes the pending read below resolve
    void reader.cancel().catch(() => undefined);
  }, idleTimeoutMs);
  try {
    const { done, value } = await reader.read();
    if (value !== undefined) return { type: "bytes", bytes: value };
    if (idle) return ended("idle", "idle timeout waiting for SSE");
    if (done) return ended("closed", "stream closed before response.completed");
    return { type: "bytes", bytes: new Uint8Array() };
  } catch (error) {
    return ended("broken", `Transport error: network error: ${readFetchError(error).cause}`);
  } finally {
    clearTimeout(timer);
  }
}

const ended = (kind: "idle" | "closed" | "broken", message: string): Piece => ({
  type: "end",
  end: { type: "ended", failure: { kind, message } },
});

/** Time for a server to end a reply whose last event we have: a body read to its end leaves the connection usable. */
const drainMs = 500;

/** Reads on to the end, or closes the connection where that takes long. */
async function drain(reader: Reader): Promise<void> {
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), drainMs);
  timer.unref();
  try {
    while (!(await reader.read()).done);
  } catch {
    // the connection broke or was aborted: there is nothing to keep
  } finally {
    clearTimeout(timer);
  }
}
