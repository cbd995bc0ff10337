import type { JsonObject } from "@codex/protocol/json";
import { gate } from "./gate.ts";
import type { BrokenEnd, Pause, Piece, Usage, Wire } from "./piece.ts";
import { serveScript } from "./serve-script.ts";

type With<Verb extends string> = Omit<Extract<Piece, Record<Verb, unknown>>, Verb>;

/**
 * The scripted model: `model.plays(steps)` serves a scenario, and everything else builds the pieces of its steps.
 *
 *     await using server = await model.plays([model.exec("ls"), model.says("Two files.")]);
 */
export const model = {
  plays: serveScript,
  gate,
  /** Several pieces in one response; a plain array says the same. */
  all: (...pieces: Piece[]): Piece[] => pieces,

  // What a model puts out.
  says: (text: string, options: With<"says"> = {}): Piece => ({ says: text, ...options }),
  thinks: (summary: string | string[], options: With<"thinks"> = {}): Piece => ({ thinks: summary, ...options }),
  /** Calls `exec_command`, with further arguments as `{ workdir }` if any. */
  exec: (cmd: string, args?: JsonObject, options: Omit<With<"exec">, "args"> = {}): Piece => ({
    exec: cmd,
    ...(args === undefined ? {} : { args }),
    ...options,
  }),
  call: (name: string, args: JsonObject = {}, options: Omit<With<"call">, "args"> = {}): Piece => ({
    call: name,
    args,
    ...options,
  }),
  /** A function call whose arguments are this text, JSON or not. */
  callRaw: (name: string, text: string, options: Omit<With<"callRaw">, "text"> = {}): Piece => ({
    callRaw: name,
    text,
    ...options,
  }),
  /** Calls a freeform tool. */
  custom: (name: string, input: string, options: Omit<With<"custom">, "input"> = {}): Piece => ({
    custom: name,
    input,
    ...options,
  }),
  /** Calls `apply_patch` as a freeform tool. */
  patch: (patch: string, options: With<"patch"> = {}): Piece => ({ patch, ...options }),
  webSearch: (query: string, options: With<"webSearch"> = {}): Piece => ({ webSearch: query, ...options }),
  /** Any output item as it is, of a known type or not. */
  item: (item: JsonObject & { type: string }): Piece => ({ item }),

  // What else is in the stream, and around it.
  /** Any event as it is. */
  event: (event: JsonObject & { type: string }): Piece => ({ event }),
  /** Text that goes into the stream unframed: comments, junk, half an event. */
  raw: (text: string): Piece => ({ raw: text }),
  /** Holds the stream back: for milliseconds, or until a gate opens. */
  waits: (pause: Pause): Piece => ({ waits: pause }),
  /** The figures of `response.completed`; null leaves them out. */
  usage: (usage: Usage | null): Piece => ({ usage }),
  headers: (headers: Record<string, string>): Piece => ({ headers }),
  /** `end_turn: false` asks the client to send another request even without a tool call. */
  endTurn: (endTurn: boolean): Piece => ({ endTurn }),
  wire: (wire: Wire): Piece => ({ wire }),

  // Failures.
  /** `response.failed` with an error code. */
  fails: (code: string, message?: string): Piece => ({ fails: code, ...(message === undefined ? {} : { message }) }),
  incomplete: (reason: string): Piece => ({ incomplete: reason }),
  /** An `error` event inside the stream. */
  error: (error: Extract<Piece, { error: object }>["error"]): Piece => ({ error }),
  /** Ends the stream without `response.completed`. */
  ends: (how: BrokenEnd): Piece => ({ ends: how }),
  /** Answers with an HTTP status and no stream. */
  status: (status: number, body?: JsonObject | string, headers?: Record<string, string>): Piece => ({
    status,
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { with: headers }),
  }),
  /** Breaks the connection before any header, or never answers. */
  refuses: (how: "reset" | "silence"): Piece => ({ refuses: how }),
} as const;
