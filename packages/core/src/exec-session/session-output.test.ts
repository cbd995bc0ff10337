import { afterAll, describe, expect, test } from "bun:test";
import { openSpool, type SpoolFile } from "@codex/platform/spool-file";
import * as fc from "fast-check";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OutputBuffer } from "./output-buffer.ts";
import { retention, SessionOutput } from "./session-output.ts";

const folder = mkdtempSync(join(tmpdir(), "session-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

const noSpool = () => undefined;

/** Cuts bytes at the given places. */
function chunks(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...parts, bytes.subarray(at)];
}

describe("OutputBuffer", () => {
  test("keeps the first and the last bytes, however they came", () => {
    const sizes = fc.array(fc.nat({ max: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), sizes, fc.integer({ min: 2, max: 60 }), (text, sizes, limit) => {
        const bytes = Buffer.from(text.replace(/[^ -~]/g, "x"));
        const half = Math.floor(limit / 2);
        const buffer = new OutputBuffer(limit);
        for (const chunk of chunks(bytes, sizes)) buffer.append(chunk);
        const { head, tail, omitted, total } = buffer.read();
        expect(total).toBe(bytes.length);
        if (bytes.length <= 2 * half) return expect([head, tail, omitted]).toEqual([bytes.toString(), "", 0]);
        expect([head, tail]).toEqual([bytes.subarray(0, half).toString(), bytes.subarray(-half).toString()]);
        expect(omitted).toBe(bytes.length - 2 * half);
      }),
    );
  });

  test("does not keep half a character at the cut", () => {
    const buffer = new OutputBuffer(10);
    buffer.append(Buffer.from("é".repeat(20)));
    expect(buffer.read()).toEqual({ head: "éé", tail: "éé", omitted: 32, total: 40 });
  });
});

describe("SessionOutput", () => {
  test("text comes out the same, at every cut of its bytes and every moment of reading", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    const sizes = fc.array(fc.nat({ max: 7 }), { maxLength: 40 });
    fc.assert(
      fc.property(text, sizes, (text, sizes) => {
        let shown = "";
        let read = "";
        const output = new SessionOutput(noSpool, (part) => (shown += part));
        for (const chunk of chunks(Buffer.from(text), sizes)) {
          output.append(chunk);
          read += output.takeUnread().head;
        }
        output.end();
        expect(read + output.takeUnread().head).toBe(text.toWellFormed());
        expect(shown).toBe(text.toWellFormed());
        expect(output.all().head).toBe(text.toWellFormed());
      }),
    );
  });

  test("bytes that are no UTF-8 become U+FFFD, also at the end; NUL and a byte-order mark stay", () => {
    const output = new SessionOutput(noSpool, () => {});
    output.append(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x00, 0x62, 0xc3]));
    expect(output.takeUnread().head).toBe("\uFEFFa\uFFFD\0b");
    output.end();
    expect(output.takeUnread().head).toBe("\uFFFD");
  });

  test("an output that fits leaves no file; a longer one is whole in its file", () => {
    const path = join(folder, "made", "long.txt");
    const open = (): SpoolFile | undefined => openSpool(path, 10 * retention);
    const output = new SessionOutput(open, () => {});
    const half = Buffer.alloc(retention / 2, "a");
    output.append(half);
    output.append(half);
    expect(existsSync(path)).toBe(false);
    output.append(Buffer.from("the end"));
    output.append(Buffer.from(", really"));
    output.end();
    const kept = output.all();
    expect(kept.spool).toEqual({ path, complete: true });
    expect([kept.omitted, kept.total]).toEqual([15, retention + 15]);
    expect(kept.tail).toEndWith("athe end, really");
    expect(readFileSync(path, "utf8")).toBe(`${"a".repeat(retention)}the end, really`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("a file that is full says so", () => {
    const path = join(folder, "full.txt");
    const output = new SessionOutput(
      () => openSpool(path, 100),
      () => {},
    );
    output.append(Buffer.alloc(retention + 1, "a"));
    output.end();
    expect(output.all().spool).toEqual({ path, complete: false });
    expect(statSync(path).size).toBe(100);
  });

  test("without a disk the middle is lost, and nothing else", () => {
    const output = new SessionOutput(
      () => openSpool("/proc/nowhere/x", 100),
      () => {},
    );
    output.append(Buffer.alloc(retention + 7, "a"));
    expect(output.all()).toMatchObject({ omitted: 7, spool: undefined });
  });
});
