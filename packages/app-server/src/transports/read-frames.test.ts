import { expect, test } from "bun:test";
import fc from "fast-check";
import { closePayload, encodeFrame } from "./encode-frame.ts";
import { readFrames, type Frame } from "./read-frames.ts";

const mask = new Uint8Array([1, 2, 3, 250]);

async function read(pieces: Uint8Array[], longest = 1000): Promise<Frame[]> {
  const waiting = pieces.map((piece) => Uint8Array.from(piece));
  const frames: Frame[] = [];
  for await (const frame of readFrames({ read: async () => waiting.shift() }, { masked: true, longest }))
    frames.push(frame);
  return frames;
}

const text = (frame: Frame | undefined): string =>
  frame && "payload" in frame ? Buffer.from(frame.payload).toString() : (frame?.type ?? "nothing");

/** A frame with other first bits: a piece of a message, or what nobody may send. */
function withBits(first: number, payload: string): Uint8Array {
  const frame = encodeFrame("text", payload, mask);
  frame[0] = first;
  return frame;
}

test("messages come back whole, wherever the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ maxLength: 200 })), fc.array(fc.nat(400)), async (messages, cuts) => {
      const bytes = Buffer.concat(messages.map((message) => encodeFrame("text", message, mask)));
      const ends = [...new Set(cuts.filter((cut) => cut < bytes.byteLength))].toSorted((a, b) => a - b);
      const pieces = [...ends, bytes.byteLength].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
      expect((await read(pieces)).map(text)).toEqual(messages);
    }),
    { numRuns: 200 },
  );
});

test("each width of length, and what a client may not send", async () => {
  for (const length of [0, 125, 126, 65_535, 65_536]) {
    const [frame] = await read([encodeFrame("text", "x".repeat(length), mask)], 70_000);
    expect(text(frame).length).toBe(length);
  }
  expect(await read([encodeFrame("text", "not masked")])).toMatchObject([{ type: "fault" }]);
  expect(await read([withBits(0xc1, "compressed")])).toMatchObject([{ type: "fault" }]);
  expect(await read([withBits(0x83, "unknown")])).toMatchObject([{ type: "fault" }]);
  expect(await read([withBits(0x80, "goes on with nothing")])).toMatchObject([{ type: "fault" }]);
  expect(await read([withBits(0x09, "a ping in pieces")])).toMatchObject([{ type: "fault" }]);
});

test("pieces are put together, with a ping between them; after a close nothing counts", async () => {
  const bytes = [
    withBits(0x01, "one "),
    encodeFrame("ping", "are you there", mask),
    withBits(0x00, ""),
    withBits(0x80, "two"),
    encodeFrame("close", closePayload(1000, "bye"), mask),
    encodeFrame("text", "late", mask),
  ];
  expect((await read(bytes)).map(text)).toEqual(["are you there", "one two", "close"]);
});

test("what is too long is passed over, whole or in pieces, and the next message is read", async () => {
  const long = "x".repeat(600);
  const frames = await read([
    encodeFrame("text", long + long, mask),
    withBits(0x01, long),
    withBits(0x80, long),
    encodeFrame("text", "next", mask),
  ]);
  expect(frames.map(text)).toEqual(["tooLong", "tooLong", "next"]);
});
