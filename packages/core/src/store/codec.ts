import { isObject, type JsonObject } from "@codex/protocol/json";
import type { ResponseItem, TokenUsage } from "@codex/protocol/responses";
import { ok, err, type Result } from "@codex/protocol/result";
import { fieldsOf, given, numberOf, textOf, type Fields } from "./fields.ts";
import { itemOfPayload, itemPayload } from "./item-payload.ts";
import type { RolloutLine, SessionMeta } from "./rollout-line.ts";
import type { RolloutRecord, TokenCount, TokenUsageRecord, TurnAborted, TurnEnded } from "./rollout-record.ts";
import { contextFields, contextOf } from "./turn-context-payload.ts";
import { errorFields, errorOf } from "./turn-error-payload.ts";
import type { ImageRefs } from "./user-input-payload.ts";

/** What a line says besides its record. */
export type LineState = {
  threadId: string;
  sessionId: string;
  timestamp: string;
  /** Absent in a legacy file. */
  ordinal?: number;
  refOf?: ImageRefs["refOf"];
};

/** The record as a line of the original's shape. Pure; the writer adds what the line needs of the file. */
export function encode(record: RolloutRecord, state: LineState): RolloutLine {
  const ordinal = state.ordinal === undefined ? {} : { ordinal: state.ordinal };
  if (record.type === "raw") return { ...record.line, ...ordinal };
  return { timestamp: state.timestamp, ...ordinal, ...body(record, state) };
}

type Body = { type: string; payload: JsonObject };

function body(record: Exclude<RolloutRecord, { type: "raw" }>, state: LineState): Body {
  switch (record.type) {
    case "sessionMeta":
      return { type: "session_meta", payload: record.meta as JsonObject };
    case "responseItem":
      return { type: "response_item", payload: record.item as JsonObject };
    case "worldState":
      return { type: "world_state", payload: { full: record.full, state: record.state } };
    case "turnContext":
      return { type: "turn_context", payload: contextFields(record.context) };
    case "compacted":
      return { type: "compacted", payload: compactedFields(record) };
    case "tokenUsage":
      return { type: "token_usage_record", payload: usageFields(record, state) };
    default:
      return { type: "event_msg", payload: eventFields(record, state) };
  }
}

type EventRecord = Extract<
  RolloutRecord,
  { type: "turnStarted" | "turnEnded" | "turnAborted" | "itemCompleted" | "threadSettings" | "tokenCount" }
>;

function eventFields(record: EventRecord, state: LineState): JsonObject {
  switch (record.type) {
    case "turnStarted":
      return {
        type: "task_started",
        turn_attribution: {
          turn_id: record.turnId,
          turn_trigger: record.trigger,
          parent_turn_id: null,
          initiating_agent_path: null,
          root_turn_id: record.turnId,
        },
        turn_id: record.turnId,
        root_turn_id: record.turnId,
        started_at: record.startedAt,
        model_context_window: record.contextWindow,
        collaboration_mode_kind: "default",
      };
    case "turnEnded":
      return turnEndedFields(record);
    case "turnAborted":
      return {
        type: "turn_aborted",
        turn_id: record.turnId,
        root_turn_id: record.turnId,
        reason: record.reason,
        started_at: record.startedAt,
        completed_at: record.completedAt,
        duration_ms: record.durationMs,
      };
    case "itemCompleted":
      return {
        type: "item_completed",
        thread_id: state.threadId,
        turn_id: record.turnId,
        item: itemPayload(record.item, state.refOf),
        started_at_ms: record.startedAtMs,
        completed_at_ms: record.completedAtMs,
      };
    case "threadSettings":
      return { type: "thread_settings_applied", thread_id: state.threadId, thread_settings: record.settings };
    case "tokenCount":
      return tokenCountFields(record);
  }
}

function turnEndedFields(record: TurnEnded): JsonObject {
  return {
    type: "task_complete",
    root_turn_id: record.turnId,
    turn_id: record.turnId,
    last_agent_message: record.lastAgentMessage,
    ...given({ error: record.error && errorFields(record.error) }),
    started_at: record.startedAt,
    completed_at: record.completedAt,
    duration_ms: record.durationMs,
    ...given({ time_to_first_token_ms: record.timeToFirstTokenMs }),
  };
}

function usageFields(record: TokenUsageRecord, state: LineState): JsonObject {
  return {
    thread_id: state.threadId,
    turn_id: record.turnId,
    session_id: state.sessionId,
    root_turn_id: record.turnId,
    response_id: record.responseId,
    usage: record.usage,
    turn_token_usage: record.turnUsage,
    thread_token_usage: record.threadUsage,
  };
}

const tokenCountFields = (record: TokenCount): JsonObject => ({
  type: "token_count",
  info: {
    total_token_usage: record.total,
    last_token_usage: record.last,
    last_usage_includes_reasoning: false,
    model_context_window: record.contextWindow,
  },
  rate_limits: record.rateLimits,
});

function compactedFields(record: Extract<RolloutRecord, { type: "compacted" }>): JsonObject {
  const { message, replacementHistory } = record;
  return replacementHistory === undefined
    ? { message }
    : { message, replacement_history: replacementHistory as JsonObject[] };
}

/** A line's text as a line; "damaged" where it is no JSON or has not the shape of one. */
export function parseLine(text: string): Result<RolloutLine, "damaged"> {
  try {
    const line: unknown = JSON.parse(text);
    const isLine = isObject(line) && typeof line["type"] === "string" && isObject(line["payload"]);
    return isLine ? ok(line as RolloutLine) : err("damaged");
  } catch {
    return err("damaged");
  }
}

/** What a line says; "raw" for a kind we have no word for, or one that lacks what we need of it. */
export function decode(line: RolloutLine, urlOfRef?: ImageRefs["urlOfRef"]): RolloutRecord {
  const { payload } = line;
  const raw: RolloutRecord = { type: "raw", line };
  switch (line.type) {
    case "session_meta":
      return typeof payload["id"] === "string" ? { type: "sessionMeta", meta: payload as SessionMeta } : raw;
    case "response_item":
      return typeof payload["type"] === "string" ? { type: "responseItem", item: payload as ResponseItem } : raw;
    case "world_state":
      return { type: "worldState", full: payload["full"] === true, state: fieldsOf(payload["state"]) as JsonObject };
    case "turn_context": {
      const context = contextOf(payload);
      return context === undefined ? raw : { type: "turnContext", context };
    }
    case "compacted":
      return compactedOf(payload);
    case "token_usage_record":
      return usageOf(payload);
    case "event_msg":
      return eventOf(payload, urlOfRef) ?? raw;
    default:
      return raw;
  }
}

function eventOf(payload: Fields, urlOfRef: ImageRefs["urlOfRef"] | undefined): RolloutRecord | undefined {
  const turnId = textOf(payload["turn_id"]);
  switch (payload["type"]) {
    case "task_started":
      if (turnId === undefined) return undefined;
      return {
        type: "turnStarted",
        turnId,
        startedAt: numberOf(payload["started_at"]) ?? 0,
        contextWindow: numberOf(payload["model_context_window"]) ?? null,
        trigger: textOf(fieldsOf(payload["turn_attribution"])["turn_trigger"]) ?? "unknown",
      };
    case "task_complete":
      return turnId === undefined ? undefined : turnEndedOf(turnId, payload);
    case "turn_aborted":
      return turnAbortedOf(turnId ?? null, payload);
    case "item_completed": {
      const item = itemOfPayload(fieldsOf(payload["item"]), urlOfRef);
      if (item === undefined || turnId === undefined) return undefined;
      const [startedAtMs, completedAtMs] = [numberOf(payload["started_at_ms"]), numberOf(payload["completed_at_ms"])];
      return { type: "itemCompleted", turnId, item, startedAtMs: startedAtMs ?? 0, completedAtMs: completedAtMs ?? 0 };
    }
    case "thread_settings_applied":
      return { type: "threadSettings", settings: fieldsOf(payload["thread_settings"]) as JsonObject };
    case "token_count":
      return tokenCountOf(payload);
    default:
      return undefined;
  }
}

const turnEndedOf = (turnId: string, payload: Fields): TurnEnded => ({
  type: "turnEnded",
  turnId,
  lastAgentMessage: textOf(payload["last_agent_message"]) ?? null,
  error: isObject(payload["error"]) ? errorOf(payload["error"]) : null,
  ...timesOf(payload),
  timeToFirstTokenMs: numberOf(payload["time_to_first_token_ms"]) ?? null,
});

const turnAbortedOf = (turnId: string | null, payload: Fields): TurnAborted => ({
  type: "turnAborted",
  turnId,
  reason: textOf(payload["reason"]) ?? "interrupted",
  ...timesOf(payload),
});

const timesOf = (payload: Fields) => ({
  startedAt: numberOf(payload["started_at"]) ?? null,
  completedAt: numberOf(payload["completed_at"]) ?? null,
  durationMs: numberOf(payload["duration_ms"]) ?? null,
});

const usageOf = (payload: Fields): TokenUsageRecord => ({
  type: "tokenUsage",
  turnId: textOf(payload["turn_id"]) ?? "",
  responseId: textOf(payload["response_id"]) ?? null,
  usage: countsOf(payload["usage"]),
  turnUsage: countsOf(payload["turn_token_usage"]),
  threadUsage: countsOf(payload["thread_token_usage"]),
});

/** Undefined for the original's lines that bring rate limits only. */
function tokenCountOf(payload: Fields): TokenCount | undefined {
  if (!isObject(payload["info"])) return undefined;
  const info = fieldsOf(payload["info"]);
  return {
    type: "tokenCount",
    total: countsOf(info["total_token_usage"]),
    last: countsOf(info["last_token_usage"]),
    contextWindow: numberOf(info["model_context_window"]) ?? null,
    rateLimits: isObject(payload["rate_limits"]) ? (payload["rate_limits"] as JsonObject) : null,
  };
}

function countsOf(value: unknown): TokenUsage {
  const counts = fieldsOf(value);
  const count = (key: keyof TokenUsage): number => numberOf(counts[key]) ?? 0;
  return {
    input_tokens: count("input_tokens"),
    cached_input_tokens: count("cached_input_tokens"),
    cache_write_input_tokens: count("cache_write_input_tokens"),
    output_tokens: count("output_tokens"),
    reasoning_output_tokens: count("reasoning_output_tokens"),
    total_tokens: count("total_tokens"),
  };
}

function compactedOf(payload: Fields): RolloutRecord {
  const message = textOf(payload["message"]) ?? "";
  const items = payload["replacement_history"];
  if (!Array.isArray(items)) return { type: "compacted", message };
  return { type: "compacted", message, replacementHistory: items.filter((item) => isObject(item)) as ResponseItem[] };
}
