import type { JsonObject } from "@codex/protocol/json";
import { itemEvents, type TakeId } from "./item-events.ts";
import { type BrokenEnd, isItemPiece, type Pause, type Piece, type Usage, type Wire } from "./piece.ts";

/** What the server does with one request, worked out before the first byte. */
export type Answer =
  | { kind: "stream"; headers: Record<string, string>; actions: Action[]; wire: Wire }
  | { kind: "status"; status: number; headers: Record<string, string>; body: string }
  | { kind: "refusal"; how: "reset" | "silence" };

export type Action = { send: JsonObject } | { raw: string } | { wait: Pause } | { end: BrokenEnd };

/** The Responses API's default figures of a scripted response: 100 in (10 cached), 20 out (5 of reasoning). */
const defaultUsage: Usage = { input: 100, cached: 10, output: 20, reasoning: 5 };

/** Turns the pieces of one step into an answer. Throws where the pieces contradict each other: a fault of the scenario. */
export function buildAnswer(pieces: Piece[], responseId: string, takeId: TakeId): Answer {
  const whole = pieces.find((piece) => "status" in piece || "refuses" in piece);
  if (whole !== undefined && pieces.length > 1) {
    throw new Error("a step with `status` or `refuses` can hold nothing else, for it has no stream");
  }
  if (whole !== undefined && "status" in whole) return statusAnswer(whole);
  if (whole !== undefined && "refuses" in whole) return { kind: "refusal", how: whole.refuses };
  return streamAnswer(pieces, responseId, takeId);
}

function statusAnswer(piece: Extract<Piece, { status: number }>): Answer {
  const text = typeof piece.body === "string";
  return {
    kind: "status",
    status: piece.status,
    headers: { "content-type": text ? "text/plain" : "application/json", ...piece.with },
    body: typeof piece.body === "string" ? piece.body : JSON.stringify(piece.body ?? {}),
  };
}

function streamAnswer(pieces: Piece[], responseId: string, takeId: TakeId): Answer {
  const headers: Record<string, string> = {};
  const wire: Wire = {};
  const actions: Action[] = [{ send: { type: "response.created", response: { id: responseId } } }];
  let usage: Usage | null = defaultUsage;
  let endTurn: boolean | undefined;
  let outputIndex = 0;
  let ended = false;
  for (const piece of pieces) {
    if (ended) throw new Error("a piece follows the one that ends the stream");
    if (isItemPiece(piece)) actions.push(...itemEvents(piece, outputIndex++, takeId).map((send) => ({ send })));
    else if ("event" in piece) actions.push({ send: piece.event });
    else if ("raw" in piece) actions.push({ raw: piece.raw });
    else if ("waits" in piece) actions.push({ wait: piece.waits });
    else if ("usage" in piece) usage = piece.usage;
    else if ("headers" in piece) Object.assign(headers, piece.headers);
    else if ("endTurn" in piece) endTurn = piece.endTurn;
    else if ("wire" in piece) Object.assign(wire, piece.wire);
    else {
      actions.push(endAction(piece, responseId));
      ended = true;
    }
  }
  if (!ended) actions.push({ send: completed(responseId, usage, endTurn) });
  return { kind: "stream", headers, actions, wire };
}

type EndPiece = Extract<Piece, { fails: string } | { incomplete: string } | { error: object } | { ends: BrokenEnd }>;

function endAction(piece: EndPiece | Extract<Piece, { status: number } | { refuses: string }>, id: string): Action {
  if ("fails" in piece) {
    const error = { code: piece.fails, message: piece.message ?? `Scripted failure: ${piece.fails}.` };
    return { send: { type: "response.failed", response: { id, status: "failed", error } } };
  }
  if ("incomplete" in piece) {
    const details = { reason: piece.incomplete };
    return {
      send: { type: "response.incomplete", response: { id, status: "incomplete", incomplete_details: details } },
    };
  }
  if ("error" in piece) {
    const { status, headers, ...error } = piece.error;
    const more = { ...(status === undefined ? {} : { status }), ...(headers === undefined ? {} : { headers }) };
    return { send: { type: "error", ...more, error } };
  }
  if ("ends" in piece) return { end: piece.ends };
  throw new Error("a `status` or `refuses` piece inside a stream");
}

function completed(id: string, usage: Usage | null, endTurn: boolean | undefined): JsonObject {
  return {
    type: "response.completed",
    response: {
      id,
      object: "response",
      status: "completed",
      ...(usage === null ? {} : { usage: wireUsage(usage) }),
      ...(endTurn === undefined ? {} : { end_turn: endTurn }),
    },
  };
}

function wireUsage(usage: Usage): JsonObject {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cached ?? 0, cache_write_tokens: usage.cacheWrite ?? 0 },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: usage.input + usage.output,
  };
}
