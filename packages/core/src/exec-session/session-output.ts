import type { SpoolFile } from "@codex/platform/spool-file";
import { incompleteTail } from "./incomplete-tail.ts";
import { type Excerpt, OutputBuffer } from "./output-buffer.ts";

/** Bytes of one process's output that are kept in memory; source: the original, which cuts there too. */
export const retention = 1024 * 1024;

/** The excerpt, and where all of it is when it is not all of it. */
export type Retained = Excerpt & { readonly spool: { readonly path: string; readonly complete: boolean } | undefined };

/** Makes the file for an output that is too long; called once at most, and never for a shorter one. */
type OpenSpool = () => SpoolFile | undefined;

/** The output of one process: all of it, and what nobody has read yet. Characters cut between chunks are put together. */
export class SessionOutput {
  readonly #all = new OutputBuffer(retention);
  readonly #unread = new OutputBuffer(retention);
  readonly #openSpool: OpenSpool;
  readonly #onText: (text: string) => void;
  /** What came before the memory was full; undefined from then on. */
  #early: Uint8Array[] | undefined = [];
  #earlyBytes = 0;
  #spool: SpoolFile | undefined;
  #cut: Uint8Array = new Uint8Array();
  #atLineStart = true;

  /** `onText` gets the output as it comes. */
  constructor(openSpool: OpenSpool, onText: (text: string) => void) {
    this.#openSpool = openSpool;
    this.#onText = onText;
  }

  append(bytes: Uint8Array): void {
    const whole = this.#cut.length === 0 ? bytes : Buffer.concat([this.#cut, bytes]);
    const end = whole.length - incompleteTail(whole);
    this.#cut = whole.slice(end);
    this.#pass(whole.subarray(0, end));
  }

  /** Adds a line that is not the process's own, marked as ours. */
  note(line: string): void {
    this.#pass(Buffer.from(`${this.#atLineStart ? "" : "\n"}codex: ${line}\n`));
  }

  /** Puts in what was told already, so that nobody hears of it again. */
  seed(text: string): void {
    this.#take(Buffer.from(text));
  }

  /** No more comes. */
  end(): void {
    const rest = this.#cut;
    this.#cut = new Uint8Array();
    this.#pass(rest);
    this.#spool?.close();
    this.#early = undefined;
  }

  #pass(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#take(bytes);
    this.#onText(decoder.decode(bytes));
  }

  #take(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#atLineStart = bytes.at(-1) === 0x0a;
    this.#all.append(bytes);
    this.#unread.append(bytes);
    this.#keep(bytes);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#early === undefined) return this.#spool?.append(bytes);
    this.#early.push(bytes);
    this.#earlyBytes += bytes.length;
    if (this.#earlyBytes <= retention) return;
    this.#spool = this.#openSpool();
    for (const chunk of this.#early) this.#spool?.append(chunk);
    this.#early = undefined;
  }

  all(): Retained {
    return this.#retained(this.#all.read());
  }

  takeUnread(): Retained {
    return this.#retained(this.#unread.take());
  }

  #retained(excerpt: Excerpt): Retained {
    const spool = this.#spool;
    return { ...excerpt, spool: spool && { path: spool.path, complete: spool.complete } };
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
