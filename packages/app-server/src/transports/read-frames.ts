/** Bytes as they are asked for; what a connection gives. */
export type ByteSource = { read(): Promise<Uint8Array | undefined> };

/** What a WebSocket peer sends (RFC 6455), with the pieces of a message put together. */
export type Frame =
  | { readonly type: "text" | "binary" | "ping" | "pong"; readonly payload: Uint8Array }
  /** A message beyond the limit, which was skipped as it came. */
  | { readonly type: "tooLong" }
  | { readonly type: "close" }
  /** The peer breaks the rules; nothing after it can be understood. */
  | { readonly type: "fault"; readonly reason: string };

export type FrameRules = {
  /** Clients mask what they send, servers do not. */
  readonly masked: boolean;
  /** Bytes of a message. */
  readonly longest: number;
};

/** Ends after `close` and `fault`, and where the source ends. */
export async function* readFrames(source: ByteSource, rules: FrameRules): AsyncGenerator<Frame> {
  const bytes = new ByteReader(source);
  let message: { type: "text" | "binary"; parts: Uint8Array[]; size: number } | undefined;
  for (;;) {
    const header = await readHeader(bytes, rules.masked);
    if (header === undefined) return;
    if ("fault" in header) return yield { type: "fault", reason: header.fault };
    const { opcode, final, length, mask } = header;
    if (opcode >= 8) {
      const payload = await bytes.take(length);
      if (payload === undefined) return;
      const type = controls[opcode];
      if (type === undefined) return yield { type: "fault", reason: `there is no opcode ${opcode}` };
      if (type === "close") return yield { type };
      yield { type, payload: unmask(payload, mask) };
      continue;
    }
    if ((opcode === 0) !== (message !== undefined)) return yield { type: "fault", reason: "a message inside another" };
    message ??= { type: opcode === 1 ? "text" : "binary", parts: [], size: 0 };
    message.size += length;
    if (message.size > rules.longest) {
      message.parts = [];
      if (!(await bytes.skip(length))) return;
    } else {
      const payload = await bytes.take(length);
      if (payload === undefined) return;
      // Else empty pieces without end would fill the memory.
      if (length > 0) message.parts.push(unmask(payload, mask));
    }
    if (!final) continue;
    const { type, parts, size } = message;
    message = undefined;
    if (size > rules.longest) yield { type: "tooLong" };
    else yield { type, payload: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts) };
  }
}

const controls: Readonly<Record<number, "close" | "ping" | "pong">> = { 8: "close", 9: "ping", 10: "pong" };

type Header = { opcode: number; final: boolean; length: number; mask: Uint8Array | undefined };

async function readHeader(bytes: ByteReader, masked: boolean): Promise<Header | { fault: string } | undefined> {
  const start = await bytes.take(2);
  if (start === undefined) return undefined;
  const [first = 0, second = 0] = start;
  const opcode = first & 0x0f;
  const final = (first & 0x80) !== 0;
  const short = second & 0x7f;
  if ((first & 0x70) !== 0) return { fault: "reserved bits are set" };
  if (((second & 0x80) !== 0) !== masked) return { fault: masked ? "a client has to mask" : "a server must not mask" };
  if (opcode > 2 && opcode < 8) return { fault: `there is no opcode ${opcode}` };
  if (opcode >= 8 && (short > 125 || !final)) return { fault: "a control frame is short and whole" };
  const length = await readLength(bytes, short);
  const mask = masked ? await bytes.take(4) : undefined;
  if (length === undefined || (masked && mask === undefined)) return undefined;
  return { opcode, final, length, mask };
}

async function readLength(bytes: ByteReader, short: number): Promise<number | undefined> {
  if (short < 126) return short;
  const wide = await bytes.take(short === 126 ? 2 : 8);
  if (wide === undefined) return undefined;
  const view = new DataView(wide.buffer, wide.byteOffset, wide.byteLength);
  return short === 126 ? view.getUint16(0) : Number(view.getBigUint64(0));
}

/** In place: the bytes are nobody else's. */
function unmask(payload: Uint8Array, mask: Uint8Array | undefined): Uint8Array {
  if (mask === undefined) return payload;
  for (let at = 0; at < payload.byteLength; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return payload;
}

/** Takes bytes in the amounts that the format has, whatever pieces they come in. */
class ByteReader {
  readonly #source: ByteSource;
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Exactly `count` bytes; undefined where the source ends before. */
  async take(count: number): Promise<Uint8Array | undefined> {
    if (!(await this.#fill(count))) return undefined;
    const [first] = this.#pieces;
    if (first !== undefined && first.byteLength > count) {
      this.#pieces[0] = first.subarray(count);
      this.#size -= count;
      return first.subarray(0, count);
    }
    const taken: Uint8Array[] = [];
    for (let missing = count; missing > 0;) {
      const piece = this.#pieces.shift();
      if (piece === undefined) return undefined;
      const part = piece.byteLength > missing ? piece.subarray(0, missing) : piece;
      if (part.byteLength < piece.byteLength) this.#pieces.unshift(piece.subarray(part.byteLength));
      taken.push(part);
      missing -= part.byteLength;
    }
    this.#size -= count;
    return taken.length === 1 && taken[0] ? taken[0] : Buffer.concat(taken);
  }

  /** Passes over `count` bytes without keeping them; false where the source ends before. */
  async skip(count: number): Promise<boolean> {
    for (let missing = count; missing > 0;) {
      if (!(await this.#fill(1))) return false;
      const step = Math.min(missing, this.#size);
      await this.take(step);
      missing -= step;
    }
    return true;
  }

  async #fill(count: number): Promise<boolean> {
    while (this.#size < count) {
      const piece = await this.#source.read();
      if (piece === undefined) return false;
      this.#pieces.push(piece);
      this.#size += piece.byteLength;
    }
    return true;
  }
}
