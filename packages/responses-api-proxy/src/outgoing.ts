import type { RawSocket } from "@codex/platform/raw-socket";

/** What a socket has not taken yet. While something waits here whoever brings it is held up, so it is never much. */
export class Outgoing {
  readonly #socket: RawSocket;
  #waiting: Uint8Array[] = [];

  constructor(socket: RawSocket) {
    this.#socket = socket;
  }

  get waits(): boolean {
    return this.#waiting.length > 0;
  }

  /** The caller may use `bytes` again afterwards. */
  write(bytes: Uint8Array): void {
    const taken = this.waits ? 0 : Math.max(0, this.#socket.write(bytes));
    if (taken < bytes.length) this.#waiting.push(new Uint8Array(bytes.subarray(taken)));
  }

  /** After a drain; whether nothing waits any more. */
  flush(): boolean {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined) return true;
      const taken = Math.max(0, this.#socket.write(first));
      if (taken < first.length) {
        this.#waiting[0] = first.subarray(taken);
        return false;
      }
      this.#waiting.shift();
    }
  }
}
