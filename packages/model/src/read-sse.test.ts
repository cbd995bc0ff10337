import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { readSse } from "./read-sse.ts";
import type { Batch } from "./transport.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A body that arrives in these pieces; `then` decides how it goes on. */
const bodyOf = (pieces: Uint8Array[], then: "close" | "hang" | Error = "close"): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      if (then === "close") controller.close();
    },
    pull(controller) {
      if (then instanceof Error) controller.error(then);
    },
  });

async function readAll(body: ReadableStream<Uint8Array>, idleTimeoutMs = 1_000) {
  const texts: string[] = [];
  let end: Batch | undefined;
  for await (const batch of readSse(body, idleTimeoutMs)) {
    if (batch.type === "events") texts.push(...batch.texts);
    else end = batch;
  }
  return { texts, end };
}

const closed: Batch = {
  type: "ended",
  failure: { kind: "closed", message: "stream closed before response.completed" },
};

/** `text` cut at these places, which may lie inside a character. */
function cut(text: Uint8Array, places: number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  return sorted.slice(1).map((end, index) => text.subarray(sorted[index], end));
}

async function leaveAtOnce(batches: AsyncIterable<Batch>): Promise<void> {
  for await (const _ of batches) return;
}

describe("readSse", () => {
  test("gives the same events however the body is cut", async () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, ""));
    const event = fc.record({
      data: fc.array(line, { minLength: 1, maxLength: 3 }),
      comment: line,
      named: fc.boolean(),
    });
    const newline = fc.constantFrom("\n", "\r\n");
    await fc.assert(
      fc.asyncProperty(fc.array(event), newline, fc.array(fc.nat()), async (events, eol, places) => {
        const wire = events
          .map(({ data, comment, named }) =>
            [`:${comment}`, ...(named ? ["event: e"] : []), ...data.map((text) => `data: ${text}`), "", ""].join(eol),
          )
          .join("");
        const expected = events.map(({ data }) => data.join("\n"));
        expect(await readAll(bodyOf(cut(bytes(wire), places)))).toEqual({ texts: expected, end: closed });
      }),
    );
  });

  test("takes a last event whose blank line is missing", async () => {
    expect((await readAll(bodyOf([bytes("data: a\n\ndata: b")]))).texts).toEqual(["a", "b"]);
  });

  test("ends as idle when the server falls silent", async () => {
    const { texts, end } = await readAll(bodyOf([bytes("data: a\n\n")], "hang"), 20);
    expect({ texts, end }).toEqual({
      texts: ["a"],
      end: { type: "ended", failure: { kind: "idle", message: "idle timeout waiting for SSE" } },
    });
  });

  test("does not count the time that its own reader takes", async () => {
    const texts: string[] = [];
    for await (const batch of readSse(bodyOf([bytes("data: a\n\n"), bytes("data: b\n\n")]), 20)) {
      if (batch.type === "events") texts.push(...batch.texts);
      await Bun.sleep(40);
    }
    expect(texts).toEqual(["a", "b"]);
  });

  test("tells what broke the connection", async () => {
    const reset = Object.assign(new Error("x"), { code: "ECONNRESET" });
    const { end } = await readAll(bodyOf([bytes("data: a\n\n")], reset));
    expect(end).toEqual({
      type: "ended",
      failure: {
        kind: "broken",
        message: "Transport error: network error: connection closed by the other side",
      },
    });
  });

  test("lets go of a body that is left early and does not end", async () => {
    const cancelled = new Promise<void>((resolve) => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(bytes("data: a\n\n")),
        cancel: () => resolve(),
      });
      void leaveAtOnce(readSse(body, 10_000));
    });
    expect(await cancelled).toBeUndefined();
  });
});
