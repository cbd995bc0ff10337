import type { Connection } from "@codex/platform/tcp";

/** Reads a connection by marks and counts; what is left over stays for the next reader. */
export type ByteReader = {
  /** All up to and with `mark`; undefined where the end or `limit` bytes come before it. */
  until(mark: string, limit: number): Promise<Buffer | undefined>;
  /** Exactly so many bytes; undefined where the end comes before. */
  exactly(count: number): Promise<Buffer | undefined>;
  /** Whatever is there next, `atMost` so many bytes; undefined at the end. */
  some(atMost: number): Promise<Buffer | undefined>;
};

export function byteReader(connection: Pick<Connection, "read">): ByteReader {
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const bytes = await connection.read();
    if (bytes === undefined) return false;
    const added = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    held = held.length === 0 ? added : Buffer.concat([held, added]);
    return true;
  };
  const take = (count: number): Buffer => {
    const taken = held.subarray(0, count);
    held = held.subarray(count);
    return taken;
  };
  return {
    async until(mark, limit) {
      for (;;) {
        const at = held.indexOf(mark);
        if (at >= 0 && at + mark.length <= limit) return take(at + mark.length);
        if (held.length > limit || !(await more())) return undefined;
      }
    },
    async exactly(count) {
      while (held.length < count) if (!(await more())) return undefined;
      return take(count);
    },
    async some(atMost) {
      if (held.length === 0 && !(await more())) return undefined;
      return take(Math.min(atMost, held.length));
    },
  };
}
