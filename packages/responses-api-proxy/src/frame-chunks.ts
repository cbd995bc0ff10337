/** Text is Latin-1, a character a byte. */
type Piece = string | Uint8Array;

const lineEnd = "\r\n";
const lastChunk = "0\r\n\r\n";

/** Where messages are put together; each is handed to a socket before the next one is begun. */
const place = Buffer.allocUnsafeSlow(64 * 1024);

/** Collects the pieces of a message for one write, each a chunk of its own where that is asked for. */
export class Pieces {
  /** The body's pieces go out as chunks. */
  chunked = false;
  #pieces: Piece[] = [];
  #size = 0;

  head(text: string): void {
    this.#add(text);
  }

  body(piece: Uint8Array): void {
    if (this.chunked) this.#add(piece.length.toString(16) + lineEnd);
    this.#add(piece);
    if (this.chunked) this.#add(lineEnd);
  }

  end(): void {
    if (this.chunked) this.#add(lastChunk);
  }

  #add(piece: Piece): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  /** Takes again, as the first, what `take` gave. */
  putBack(bytes: Uint8Array): void {
    this.#pieces.unshift(new Uint8Array(bytes));
    this.#size += bytes.length;
  }

  /** What has come together, once; undefined where there is nothing. It is good until anything is taken again. */
  take(): Uint8Array | undefined {
    const [first, ...rest] = this.#pieces;
    if (first === undefined) return undefined;
    if (rest.length === 0 && typeof first !== "string") {
      this.#clear();
      return first;
    }
    const all = this.#size <= place.length ? place : Buffer.allocUnsafeSlow(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      if (typeof piece === "string") all.write(piece, at, "latin1");
      else all.set(piece, at);
      at += piece.length;
    }
    this.#clear();
    return all.subarray(0, at);
  }

  #clear(): void {
    this.#pieces = [];
    this.#size = 0;
  }
}
