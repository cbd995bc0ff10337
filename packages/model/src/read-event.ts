import { isObject, parseJson } from "@codex/protocol/json";
import type { MessageItem, ResponseItem, TokenUsage } from "@codex/protocol/responses";
import type { Failure } from "./failure.ts";
import type { ModelEvent } from "./model-event.ts";
import { rateLimitsOfEvent } from "./rate-limits.ts";
import { readErrorEvent, readFailedResponse } from "./read-failure.ts";
import { readHeaders } from "./read-headers.ts";

/** What one text of the wire means: events to pass on, headers that came late, or the failure of the whole reply. */
export type Reading = ModelEvent | { type: "headers"; headers: Headers } | { type: "failure"; failure: Failure };

export type EventReader = {
  read(text: string): Reading[];
  /** Messages that began, have some text, and were never finished; each with status "incomplete". */
  unfinished(): ModelEvent[];
};

export type EventReaderDeps = {
  newId: () => string;
  /** Unix milliseconds. */
  now: () => number;
  debug: (message: string) => void;
};

/**
 * Reads the events of one reply. Lenient where the server is newer than we: unknown events are skipped, unknown items and
 * content parts pass as they came. Events that belong together get one item id even where the server sends none.
 */
export function createEventReader(deps: EventReaderDeps): EventReader {
  const state: State = { ...deps, ids: new Map(), open: new Map() };
  return {
    read: (text) => {
      const event = parseJson(text);
      if (!isObject(event) || typeof event["type"] !== "string") return [];
      const handler = handlers[event["type"]];
      if (handler) return handler(event, state);
      deps.debug(`skipped a server event of type ${event["type"]}`);
      return [];
    },
    unfinished: () => [...state.open].flatMap(([itemId, item]) => unfinishedMessage(itemId, item)),
  };
}

type WireEvent = Record<string, unknown>;
type State = EventReaderDeps & {
  /** Of items that began and are not done: `output_index` → our id. */
  ids: Map<unknown, string>;
  /** Those items by our id, with the text so far. */
  open: Map<string, { item: ResponseItem; text: string }>;
};

const handlers: Readonly<Record<string, (event: WireEvent, state: State) => Reading[]>> = {
  "response.created": (event) => [{ type: "created", responseId: readText(asObject(event["response"])["id"]) ?? "" }],
  "response.output_item.added": (event, state) => {
    const item = readItem(event["item"]);
    return item === undefined ? [] : start(item, readText(item.id), event, state);
  },
  "response.output_item.done": finish,
  "response.output_text.delta": messageDelta,
  "response.refusal.delta": messageDelta,
  "response.reasoning_summary_part.added": (event, state) =>
    withItem(event, state, emptyReasoning, (itemId) => ({
      type: "reasoningSummaryPart",
      itemId,
      index: readIndex(event["summary_index"]),
    })),
  "response.reasoning_summary_text.delta": (event, state) =>
    withItem(event, state, emptyReasoning, (itemId) => ({
      type: "reasoningSummaryDelta",
      itemId,
      index: readIndex(event["summary_index"]),
      delta: readText(event["delta"]) ?? "",
    })),
  "response.reasoning_text.delta": (event, state) =>
    withItem(event, state, emptyReasoning, (itemId) => ({
      type: "reasoningDelta",
      itemId,
      index: readIndex(event["content_index"]),
      delta: readText(event["delta"]) ?? "",
    })),
  "response.completed": complete,
  "response.incomplete": (event) => {
    const details = asObject(asObject(event["response"])["incomplete_details"]);
    return [{ type: "failure", failure: { kind: "incomplete", message: readText(details["reason"]) ?? "unknown" } }];
  },
  "response.failed": (event) => [
    { type: "failure", failure: readFailedResponse(asObject(event["response"])["error"]) },
  ],
  error: (event, { now }) => [{ type: "failure", failure: readErrorEvent(event, now()) }],
  "response.metadata": (event) => [{ type: "headers", headers: readHeaders(event["headers"]) }],
  "codex.rate_limits": (event) => [{ type: "rateLimits", snapshot: rateLimitsOfEvent(event) }],
};

function start(item: ResponseItem, wireId: string | undefined, event: WireEvent, state: State): Reading[] {
  const itemId = wireId ?? `${item.type}_${state.newId()}`;
  state.ids.set(event["output_index"], itemId);
  state.open.set(itemId, { item, text: "" });
  return [{ type: "itemStarted", itemId, item }];
}

/** The open item that an event is about: by its id where we know that, else by its place in the output. */
function openItem(wireId: string | undefined, event: WireEvent, state: State): string | undefined {
  if (wireId !== undefined && state.open.has(wireId)) return wireId;
  return state.ids.get(event["output_index"]);
}

function finish(event: WireEvent, state: State): Reading[] {
  const item = readItem(event["item"]);
  if (item === undefined) return [];
  const wireId = readText(item.id);
  const itemId = openItem(wireId, event, state) ?? wireId ?? `${item.type}_${state.newId()}`;
  state.ids.delete(event["output_index"]);
  state.open.delete(itemId);
  return [{ type: "item", itemId, item }];
}

function messageDelta(event: WireEvent, state: State): Reading[] {
  const delta = readText(event["delta"]);
  if (delta === undefined) return [];
  return withItem(event, state, emptyMessage, (itemId) => {
    const open = state.open.get(itemId);
    if (open) open.text += delta;
    return { type: "textDelta", itemId, delta };
  });
}

/** A delta whose item never began begins it, so that listeners meet every item first by its start. */
function withItem(
  event: WireEvent,
  state: State,
  empty: () => ResponseItem,
  make: (itemId: string) => ModelEvent,
): Reading[] {
  const wireId = readText(event["item_id"]);
  const known = openItem(wireId, event, state);
  if (known !== undefined) return [make(known)];
  const started = start(empty(), wireId, event, state);
  const itemId = openItem(wireId, event, state);
  return itemId === undefined ? started : [...started, make(itemId)];
}

const emptyMessage = (): MessageItem => ({ type: "message", role: "assistant", content: [] });
const emptyReasoning = (): ResponseItem => ({ type: "reasoning", summary: [] });

function unfinishedMessage(itemId: string, { item, text }: { item: ResponseItem; text: string }): ModelEvent[] {
  if (item.type !== "message" || text === "") return [];
  const message: ResponseItem = { ...item, content: [{ type: "output_text", text }], status: "incomplete" };
  return [{ type: "item", itemId, item: message }];
}

function complete(event: WireEvent): Reading[] {
  const response = asObject(event["response"]);
  return [
    {
      type: "completed",
      responseId: readText(response["id"]),
      usage: readUsage(response["usage"]),
      goOn: response["end_turn"] === false,
    },
  ];
}

function readUsage(value: unknown): TokenUsage | undefined {
  if (!isObject(value)) return undefined;
  const input = asObject(value["input_tokens_details"]);
  const output = asObject(value["output_tokens_details"]);
  const input_tokens = readIndex(value["input_tokens"]);
  const output_tokens = readIndex(value["output_tokens"]);
  return {
    input_tokens,
    cached_input_tokens: readIndex(input["cached_tokens"]),
    cache_write_input_tokens: readIndex(input["cache_write_tokens"]),
    output_tokens,
    reasoning_output_tokens: readIndex(output["reasoning_tokens"]),
    total_tokens: typeof value["total_tokens"] === "number" ? value["total_tokens"] : input_tokens + output_tokens,
  };
}

/** An item of whatever type, provided that the fields its type promises are there. */
function readItem(value: unknown): ResponseItem | undefined {
  if (!isObject(value) || typeof value["type"] !== "string") return undefined;
  const type = value["type"];
  const repair = repairs[type];
  return { ...value, ...repair?.(value), type };
}

/** Servers leave out what is empty; the rest of Codex may rely on these fields. */
const repairs: Readonly<Record<string, (item: WireEvent) => WireEvent>> = {
  message: ({ role, content }) => ({
    role: typeof role === "string" ? role : "assistant",
    content: Array.isArray(content) ? content : [],
  }),
  reasoning: ({ summary }) => ({ summary: Array.isArray(summary) ? summary : [] }),
  function_call: (item) => ({
    call_id: readText(item["call_id"]) ?? readText(item["id"]) ?? "",
    name: readText(item["name"]) ?? "",
    arguments: readText(item["arguments"]) ?? "",
  }),
  custom_tool_call: (item) => ({
    call_id: readText(item["call_id"]) ?? readText(item["id"]) ?? "",
    name: readText(item["name"]) ?? "",
    input: readText(item["input"]) ?? "",
  }),
};

const asObject = (value: unknown): WireEvent => (isObject(value) ? value : {});

const readText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const readIndex = (value: unknown): number => (typeof value === "number" ? value : 0);
