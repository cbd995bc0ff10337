import type { Framing } from "./parse-head.ts";

/** A line of a chunk's size with its extensions, and all trailers together, may be this long. */
const lineLimit = 1024;
const trailerLimit = 16 * 1024;

/** What "chunked" expects next. */
type Stage = "size" | "data" | "dataEnd" | "trailer";

/** Finds the end of one body in what a connection brings. */
export class BodyReader {
  readonly framing: Framing;
  /** The body is complete. */
  done: boolean;
  /** Bytes that are still to come of the body or the chunk. */
  #left: number;
  #stage: Stage = "size";
  /** The part of a line that has come. */
  #line = "";
  #trailers = 0;

  constructor(framing: Framing) {
    this.framing = framing;
    this.#left = framing.type === "length" ? framing.length : 0;
    this.done = framing.type === "none" || (framing.type === "length" && framing.length === 0);
  }

  /** Passes on the body's pieces; gives where the body ended or all was taken, -1 where it is malformed. */
  read(bytes: Buffer, from: number, take: (piece: Buffer) => void): number {
    if (this.done) return from;
    if (this.framing.type === "chunked") return this.#readChunks(bytes, from, take);
    const piece =
      from === 0 && (this.framing.type === "close" || bytes.length <= this.#left)
        ? bytes
        : bytes.subarray(from, this.framing.type === "close" ? undefined : from + this.#left);
    if (piece.length > 0) take(piece);
    if (this.framing.type === "close") return bytes.length;
    this.#left -= piece.length;
    this.done = this.#left === 0;
    return from + piece.length;
  }

  #readChunks(bytes: Buffer, from: number, take: (piece: Buffer) => void): number {
    let at = from;
    while (at < bytes.length && !this.done) {
      if (this.#stage === "data") {
        const piece = bytes.subarray(at, at + this.#left);
        take(piece);
        at += piece.length;
        this.#left -= piece.length;
        if (this.#left === 0) this.#stage = "dataEnd";
        continue;
      }
      const end = bytes.indexOf(10, at);
      const upTo = end === -1 ? bytes.length : end + 1;
      if (this.#line.length + upTo - at > lineLimit) return -1;
      this.#line += bytes.toString("latin1", at, upTo);
      at = upTo;
      if (end === -1) break;
      if (!this.#line.endsWith("\r\n") || !this.#endLine(this.#line.slice(0, -2))) return -1;
      this.#line = "";
    }
    return at;
  }

  /** False where the line is not what was expected. */
  #endLine(line: string): boolean {
    switch (this.#stage) {
      case "dataEnd":
        this.#stage = "size";
        return line === "";
      case "size": {
        const size = /^([0-9a-fA-F]{1,8})(?:[\t ]*;[\t -~\x80-\xff]*)?$/.exec(line)?.[1];
        if (size === undefined) return false;
        this.#left = Number.parseInt(size, 16);
        this.#stage = this.#left === 0 ? "trailer" : "data";
        return true;
      }
      case "trailer":
        this.#trailers += line.length;
        this.done = line === "";
        return this.#trailers <= trailerLimit;
      case "data":
        return false;
    }
  }
}
