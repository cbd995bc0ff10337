import type { JsonObject } from "@codex/protocol/json";

/** What all pieces that become an output item may carry. Ids not given are numbered by the server (`msg_1`, `fc_1`, …). */
type ItemOptions = {
  id?: string;
  /** Streams the item's start and deltas but never its `done`: what a connection that breaks half-way leaves behind. */
  unfinished?: boolean;
};

type TextOptions = ItemOptions & {
  /** The texts of the delta events, or how many to cut the whole into. One when absent; 0 sends none. */
  deltas?: number | string[];
};

type CallOptions = ItemOptions & { callId?: string; namespace?: string };

/** Tokens of one response. The total is input + output. */
export type Usage = { input: number; cached?: number; cacheWrite?: number; output: number; reasoning?: number };

/** How the event stream is put into bytes. All of these are legal; a client must not notice. */
export type Wire = {
  byteOrderMark?: boolean;
  lineEnd?: "lf" | "crlf" | "cr";
  /** Sends chunks of so many bytes, each on its own: 1 splits even a multi-byte character. */
  chunkBytes?: number;
};

/**
 * How a stream ends without `response.completed`: a clean end, a connection that breaks in mid-body, or one that stays
 * open and on which nothing comes.
 */
export type BrokenEnd = "eof" | "reset" | "silence";

/** Something to wait for inside a stream: milliseconds, or a gate that the test opens. */
export type Pause = number | { readonly opened: Promise<void> };

/**
 * One thing the scripted model does. The first key is the verb. The same shapes are written by hand in YAML scenarios
 * and built by `model.says()`, `model.exec()` and so on.
 */
export type Piece =
  // Output items.
  | ({ says: string; phase?: string } & TextOptions)
  | ({ thinks: string | string[]; text?: string; encrypted?: string } & TextOptions)
  | ({ exec: string; args?: JsonObject } & CallOptions)
  | ({ call: string; args?: JsonObject } & CallOptions)
  | ({ callRaw: string; text: string } & CallOptions)
  | ({ custom: string; input: string } & CallOptions)
  | ({ patch: string } & CallOptions)
  | ({ webSearch: string } & ItemOptions)
  | { item: JsonObject & { type: string } }
  // Other things inside the stream.
  | { event: JsonObject & { type: string } }
  | { raw: string }
  | { waits: Pause }
  // What is said about the response as a whole.
  | { usage: Usage | null }
  | { headers: Record<string, string> }
  | { endTurn: boolean }
  | { wire: Wire }
  // Ends of the stream in place of `response.completed`.
  | { fails: string; message?: string }
  | { incomplete: string }
  | { error: { status?: number; code?: string; type?: string; message: string; headers?: Record<string, string> } }
  | { ends: BrokenEnd }
  // Instead of a stream: an HTTP status, a reset before any header, or no answer at all.
  | { status: number; body?: JsonObject | string; with?: Record<string, string> }
  | { refuses: "reset" | "silence" };

const verbs = [
  "says",
  "thinks",
  "exec",
  "call",
  "callRaw",
  "custom",
  "patch",
  "webSearch",
  "item",
  "event",
  "raw",
  "waits",
  "usage",
  "headers",
  "endTurn",
  "wire",
  "fails",
  "incomplete",
  "error",
  "ends",
  "status",
  "refuses",
] as const;

/** Whether a value out of a scenario file starts with a verb that the server knows. */
export const isPiece = (value: unknown): value is Piece =>
  typeof value === "object" && value !== null && verbs.some((verb) => Object.hasOwn(value, verb));

export const knownVerbs: readonly string[] = verbs;

export type ItemPiece = Extract<
  Piece,
  | { says: string }
  | { thinks: string | string[] }
  | { exec: string }
  | { call: string }
  | { callRaw: string }
  | { custom: string }
  | { patch: string }
  | { webSearch: string }
  | { item: JsonObject }
>;

const itemVerbs: readonly string[] = verbs.slice(0, verbs.indexOf("event"));

export const isItemPiece = (piece: Piece): piece is ItemPiece => itemVerbs.some((verb) => Object.hasOwn(piece, verb));
