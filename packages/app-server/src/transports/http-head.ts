import type { Connection } from "@codex/platform/tcp";

/** The head of an HTTP/1.1 message. */
export type HttpHead = {
  /** `GET /readyz HTTP/1.1`, or `HTTP/1.1 101 Switching Protocols`. */
  readonly start: string;
  /** By name in lower case; the values of a name that comes twice are joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes that came after it. */
  readonly rest: Uint8Array;
};

/** Reads up to the empty line; undefined where that does not come within `timeoutMs` and 16 KiB. */
export async function readHttpHead(connection: Connection, timeoutMs: number): Promise<HttpHead | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  let bytes = Buffer.alloc(0);
  try {
    for (;;) {
      const more = await Promise.race([connection.read(), late]);
      if (more === undefined) return undefined;
      bytes = Buffer.concat([bytes, more]);
      const end = bytes.indexOf("\r\n\r\n");
      if (end !== -1 && end <= longestHead) return parse(bytes.toString("latin1", 0, end), bytes.subarray(end + 4));
      if (bytes.byteLength > longestHead) return undefined;
    }
  } finally {
    clearTimeout(timer);
  }
}

const longestHead = 16 * 1024;

function parse(text: string, rest: Uint8Array): HttpHead {
  const [start = "", ...lines] = text.split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { start, headers, rest };
}
