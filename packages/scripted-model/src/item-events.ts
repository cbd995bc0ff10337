import type { JsonObject } from "@codex/protocol/json";
import type { ItemPiece } from "./piece.ts";

/** Gives the next id of a family: `take("msg")` is `msg_1`, then `msg_2`. */
export type TakeId = (family: string) => string;

/** The finished item, its still empty beginning, and the events that come between the two. */
type Played = { item: JsonObject; start: JsonObject; between: JsonObject[] };

/** The events by which the Responses API streams one output item. Pure but for `takeId`. */
export function itemEvents(piece: ItemPiece, outputIndex: number, takeId: TakeId): JsonObject[] {
  const { item, start, between } = playItem(piece, takeId);
  const added: JsonObject = { type: "response.output_item.added", output_index: outputIndex, item: start };
  const place = { item_id: item["id"] ?? null, output_index: outputIndex };
  const inner = between.map((event): JsonObject => Object.assign(event, place));
  if ("unfinished" in piece && piece.unfinished) return [added, ...inner];
  return [added, ...inner, { type: "response.output_item.done", output_index: outputIndex, item }];
}

function playItem(piece: ItemPiece, takeId: TakeId): Played {
  if ("says" in piece) return playMessage(piece, takeId);
  if ("thinks" in piece) return playReasoning(piece, takeId);
  if ("exec" in piece) {
    return playCall(piece, "exec_command", JSON.stringify({ cmd: piece.exec, ...piece.args }), takeId);
  }
  if ("call" in piece) return playCall(piece, piece.call, JSON.stringify(piece.args ?? {}), takeId);
  if ("callRaw" in piece) return playCall(piece, piece.callRaw, piece.text, takeId);
  if ("custom" in piece) return playCustomCall(piece, piece.custom, piece.input, takeId);
  if ("patch" in piece) return playCustomCall(piece, "apply_patch", piece.patch, takeId);
  if ("webSearch" in piece) return playWebSearch(piece, takeId);
  return { item: piece.item, start: piece.item, between: [] };
}

function playMessage(piece: Extract<ItemPiece, { says: string }>, takeId: TakeId): Played {
  const base: JsonObject = {
    type: "message",
    id: piece.id ?? takeId("msg"),
    role: "assistant",
    ...(piece.phase === undefined ? {} : { phase: piece.phase }),
  };
  const part = { type: "output_text", text: piece.says, annotations: [] };
  const deltas = cut(piece.says, piece.deltas).map((delta) => ({
    type: "response.output_text.delta",
    content_index: 0,
    delta,
  }));
  const closing: JsonObject[] = [
    { type: "response.output_text.done", content_index: 0, text: piece.says },
    { type: "response.content_part.done", content_index: 0, part },
  ];
  return {
    item: { ...base, status: "completed", content: [part] },
    start: { ...base, status: "in_progress", content: [] },
    between: [
      { type: "response.content_part.added", content_index: 0, part: { ...part, text: "" } },
      ...deltas,
      ...(piece.unfinished ? [] : closing),
    ],
  };
}

function playReasoning(piece: Extract<ItemPiece, { thinks: string | string[] }>, takeId: TakeId): Played {
  const base: JsonObject = { type: "reasoning", id: piece.id ?? takeId("rs") };
  const summaries = typeof piece.thinks === "string" ? [piece.thinks] : piece.thinks;
  const summaryEvents = summaries.flatMap((text, index): JsonObject[] => [
    {
      type: "response.reasoning_summary_part.added",
      summary_index: index,
      part: { type: "summary_text", text: "" },
    },
    ...cut(text, piece.deltas).map((delta) => ({
      type: "response.reasoning_summary_text.delta",
      summary_index: index,
      delta,
    })),
  ]);
  const raw = piece.text === undefined ? [] : [{ type: "reasoning_text", text: piece.text }];
  const rawEvents = raw.map((part) => ({ type: "response.reasoning_text.delta", content_index: 0, delta: part.text }));
  return {
    item: {
      ...base,
      summary: summaries.map((text) => ({ type: "summary_text", text })),
      ...(raw.length > 0 ? { content: raw } : {}),
      encrypted_content: piece.encrypted ?? "scripted",
    },
    start: { ...base, summary: [] },
    between: [...summaryEvents, ...rawEvents],
  };
}

type Call = { id?: string; callId?: string; namespace?: string };

function playCall(piece: Call, name: string, argumentsText: string, takeId: TakeId): Played {
  const base: JsonObject = {
    type: "function_call",
    id: piece.id ?? takeId("fc"),
    call_id: piece.callId ?? takeId("call"),
    name,
    ...(piece.namespace === undefined ? {} : { namespace: piece.namespace }),
  };
  return {
    item: { ...base, status: "completed", arguments: argumentsText },
    start: { ...base, status: "in_progress", arguments: "" },
    between: [
      { type: "response.function_call_arguments.delta", delta: argumentsText },
      { type: "response.function_call_arguments.done", arguments: argumentsText },
    ],
  };
}

function playCustomCall(piece: Call, name: string, input: string, takeId: TakeId): Played {
  const base: JsonObject = {
    type: "custom_tool_call",
    id: piece.id ?? takeId("ctc"),
    call_id: piece.callId ?? takeId("call"),
    name,
  };
  return {
    item: { ...base, status: "completed", input },
    start: { ...base, status: "in_progress", input: "" },
    between: [
      { type: "response.custom_tool_call_input.delta", delta: input },
      { type: "response.custom_tool_call_input.done", input },
    ],
  };
}

function playWebSearch(piece: Extract<ItemPiece, { webSearch: string }>, takeId: TakeId): Played {
  const base: JsonObject = { type: "web_search_call", id: piece.id ?? takeId("ws") };
  return {
    item: { ...base, status: "completed", action: { type: "search", query: piece.webSearch } },
    start: { ...base, status: "in_progress" },
    between: [],
  };
}

/** Cuts a text into the wished deltas; by characters, so that no delta ends inside a surrogate pair. */
function cut(text: string, deltas: number | string[] = 1): string[] {
  if (typeof deltas !== "number") return deltas;
  if (deltas <= 1) return deltas === 1 && text !== "" ? [text] : [];
  const characters = [...text];
  const size = Math.max(1, Math.ceil(characters.length / deltas));
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(""),
  );
}
