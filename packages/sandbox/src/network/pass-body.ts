import type { Connection } from "@codex/platform/tcp";
import type { ByteReader } from "./byte-reader.ts";
import type { BodyLength } from "./read-head.ts";

/** Passes exactly a request's content on, and nothing that comes after it. False where it is cut short or malformed. */
export async function passBody(from: ByteReader, length: BodyLength, to: Connection): Promise<boolean> {
  if (length.kind === "bytes") return passBytes(from, length.count, to);
  for (;;) {
    const line = await from.until("\r\n", 1024);
    const [, digits] = /^([\da-f]{1,12})(?:;[\t\x20-\x7e]*)?\r\n$/i.exec(line?.toString("latin1") ?? "") ?? [];
    if (line === undefined || digits === undefined) return false;
    const size = Number.parseInt(digits, 16);
    if (size === 0) return passTrailers(from, line, to);
    if (!(await to.write(line)) || !(await passBytes(from, size, to))) return false;
    const end = await from.exactly(2);
    if (end?.toString("latin1") !== "\r\n" || !(await to.write(end))) return false;
  }
}

async function passBytes(from: ByteReader, count: number, to: Connection): Promise<boolean> {
  for (let left = count; left > 0;) {
    const bytes = await from.some(left);
    if (bytes === undefined || !(await to.write(bytes))) return false;
    left -= bytes.byteLength;
  }
  return true;
}

/** What follows the last chunk is dropped: no request of ours needs it. */
async function passTrailers(from: ByteReader, last: Buffer, to: Connection): Promise<boolean> {
  for (;;) {
    const line = await from.until("\r\n", 8192);
    if (line === undefined) return false;
    if (line.length === 2) return to.write(Buffer.concat([last, line]));
  }
}
