/**
 * As many whole lines from the start of `text` as fit into `maxBytes` of UTF-8. A text whose first line is longer than
 * that is cut between two characters, so that something is kept.
 */
export function fitLines(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  const lineEnd = bytes.subarray(0, maxBytes).lastIndexOf("\n");
  if (lineEnd >= 0) return bytes.toString("utf8", 0, lineEnd + 1);
  let end = maxBytes;
  while (end > 0 && isContinuation(bytes[end])) end--;
  return bytes.toString("utf8", 0, end);
}

/** A byte inside a character: 10xxxxxx. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
