import { incompleteTail, isContinuation } from "./incomplete-tail.ts";

/** What was kept of some output, as text. Invalid UTF-8 is U+FFFD. */
export type Excerpt = {
  readonly head: string;
  /** Empty where nothing was cut. */
  readonly tail: string;
  /** Bytes that are in neither. */
  readonly omitted: number;
  /** Bytes of the whole output. */
  readonly total: number;
};

/** The first and the last bytes of an output, half of `limit` each. Memory is bounded by `limit` and one chunk. */
export class OutputBuffer {
  readonly #half: number;
  #head: Uint8Array[] = [];
  #headBytes = 0;
  #tail: Uint8Array[] = [];
  #tailBytes = 0;
  #total = 0;

  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  append(bytes: Uint8Array): void {
    this.#total += bytes.length;
    const first = bytes.subarray(0, this.#half - this.#headBytes);
    if (first.length > 0) this.#head.push(first);
    this.#headBytes += first.length;
    if (first.length < bytes.length) this.#appendTail(bytes.subarray(first.length));
  }

  #appendTail(bytes: Uint8Array): void {
    this.#tail.push(bytes);
    this.#tailBytes += bytes.length;
    for (let over = this.#tailBytes - this.#half; over > 0; over = this.#tailBytes - this.#half) {
      const [oldest = bytes] = this.#tail;
      if (oldest.length > over) this.#tail[0] = oldest.subarray(over);
      else this.#tail.shift();
      this.#tailBytes -= Math.min(over, oldest.length);
    }
  }

  /** What is kept. */
  read(): Excerpt {
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail);
    const omitted = this.#total - head.length - tail.length;
    if (omitted === 0) return { head: decode(Buffer.concat([head, tail])), tail: "", omitted, total: this.#total };
    // A character that the cut goes through is left out on both sides.
    const headEnd = head.length - incompleteTail(head);
    const tailStart = Math.max(
      0,
      tail.subarray(0, 4).findIndex((byte) => !isContinuation(byte)),
    );
    return {
      head: decode(head.subarray(0, headEnd)),
      tail: decode(tail.subarray(tailStart)),
      omitted: omitted + head.length - headEnd + tailStart,
      total: this.#total,
    };
  }

  /** What is kept, and forgets it. */
  take(): Excerpt {
    const excerpt = this.read();
    [this.#head, this.#tail] = [[], []];
    [this.#headBytes, this.#tailBytes, this.#total] = [0, 0, 0];
    return excerpt;
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
