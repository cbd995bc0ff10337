import type { Incoming } from "./channel.ts";

/**
 * Bytes in any pieces → the lines in them, without their ends (`\n` or `\r\n`); empty lines are left out. A line that is
 * longer than `longest` bytes is skipped as it comes, so memory stays bounded, and told of once it has ended.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Incoming> {
  let begun: Uint8Array[] = [];
  let size = 0;
  const finish = (last: Uint8Array): Incoming | undefined => {
    const tooLong = size + last.byteLength > longest;
    const line = begun.length === 0 ? last : Buffer.concat([...begun, last]);
    begun = [];
    size = 0;
    return tooLong ? { type: "unreadable", why: "tooLong" } : readLine(line);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      const line = finish(chunk.subarray(from, end));
      from = end + 1;
      if (line) yield line;
    }
    if (from === chunk.byteLength) continue;
    const rest = from === 0 ? chunk : chunk.subarray(from);
    size += rest.byteLength;
    if (size <= longest) begun.push(rest);
    else begun = [];
  }
  const last = size > 0 ? finish(new Uint8Array()) : undefined;
  if (last) yield last;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

function readLine(bytes: Uint8Array): Incoming | undefined {
  const end = bytes.at(-1) === carriageReturn ? bytes.byteLength - 1 : bytes.byteLength;
  if (end === 0) return undefined;
  try {
    return { type: "text", text: decoder.decode(end === bytes.byteLength ? bytes : bytes.subarray(0, end)) };
  } catch {
    return { type: "unreadable", why: "notUtf8" };
  }
}
