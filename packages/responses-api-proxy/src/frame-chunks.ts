const lineEnd = Buffer.from("\r\n");
const lastChunk = Buffer.from("0\r\n\r\n");

/** Collects the pieces of a message for one write, each a chunk of its own where that is asked for. */
export class Pieces {
  /** The body's pieces go out as chunks. */
  chunked = false;
  #pieces: Uint8Array[] = [];

  head(text: string): void {
    this.#pieces.push(Buffer.from(text, "latin1"));
  }

  body(piece: Uint8Array): void {
    if (!this.chunked) this.#pieces.push(piece);
    else this.#pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`, "latin1"), piece, lineEnd);
  }

  end(): void {
    if (this.chunked) this.#pieces.push(lastChunk);
  }

  /** Takes again, as the first, what `take` gave. */
  putBack(bytes: Uint8Array): void {
    this.#pieces.unshift(bytes);
  }

  /** What has come together, once; undefined where there is nothing. */
  take(): Uint8Array | undefined {
    const [first, ...rest] = this.#pieces;
    if (first === undefined) return undefined;
    const all = rest.length === 0 ? first : Buffer.concat(this.#pieces);
    this.#pieces = [];
    return all;
  }
}
