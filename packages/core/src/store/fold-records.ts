import type { ThreadItem } from "@codex/protocol/items";
import type { JsonObject } from "@codex/protocol/json";
import { noUsage, type ResponseItem, type TokenUsage } from "@codex/protocol/responses";
import type { Turn } from "@codex/protocol/thread";
import { applyWorldState } from "../context/world-state.ts";
import { decode } from "./codec.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./fields.ts";
import { imageRef, imagesOf } from "./image-refs.ts";
import { repairCalls, unansweredCalls } from "./repair-calls.ts";
import type { RolloutLine } from "./rollout-line.ts";
import type { RolloutRecord, TokenCount, TurnAborted, TurnContext } from "./rollout-record.ts";
import type { StoredThread, TurnPlace } from "./stored-thread.ts";

/** What a fold over a thread's lines comes to. */
export type Folded = Pick<
  StoredThread,
  | "history"
  | "turns"
  | "places"
  | "openTurnId"
  | "totalUsage"
  | "tokenCount"
  | "turnContext"
  | "settings"
  | "worldState"
  | "preview"
>;

/** What only the last line of its kind tells. */
type Latest = {
  totalUsage?: TokenUsage;
  tokenCount?: TokenCount;
  turnContext?: TurnContext;
  settings?: JsonObject;
};

/** Takes a thread's lines in order, those of the files it is forked from first. */
export type RecordFold = {
  add(line: RolloutLine): void;
  /** Whether the first thing the user said has been found. */
  hasPreview(): boolean;
  /** The calls whose answer was lost with a killed process. */
  unanswered(): ReadonlySet<string>;
  /** `answers` for such calls, by their id. */
  result(answers?: ReadonlyMap<string, string>): Folded;
};

export function foldRecords(): RecordFold {
  let history: ResponseItem[] = [];
  let turns: Turn[] = [];
  let places: TurnPlace[] = [];
  /** Lines so far: what stands for an ordinal in files without. */
  let lines = 0;
  /** How long the history was when each turn began. */
  let marks: number[] = [];
  let open: Turn | undefined;
  let worldState: JsonObject | undefined;
  let preview = "";
  const last: Latest = {};
  const images = new Map<string, string>();

  const add = (record: RolloutRecord, line: RolloutLine): void => {
    switch (record.type) {
      case "responseItem":
        // Files of before turns were marked: each thing the user says begins one.
        if (open === undefined && isPrompt(record.item)) marks.push(history.length);
        history.push(record.item);
        if (preview === "" && isPrompt(record.item)) preview = promptOf(record.item);
        for (const [index, url] of imagesOf(record.item).entries())
          images.set(imageRef(line.ordinal ?? -1, index), url);
        return;
      case "turnStarted":
        if (open !== undefined) endTurn(turns, interruption(open.id));
        open = newTurn(record.turnId, record.startedAt);
        turns.push(open);
        places.push({ ordinal: ordinalOf(line), items: [] });
        marks.push(history.length);
        return;
      case "turnEnded":
      case "turnAborted":
        endTurn(turns, record);
        if (record.turnId === open?.id || record.turnId === null) open = undefined;
        return;
      case "itemCompleted": {
        const { startedAtMs, completedAtMs } = record;
        putItem(record.turnId, { ...record.item, startedAtMs, completedAtMs }, ordinalOf(line));
        return;
      }
      case "worldState":
        worldState = applyWorldState(worldState, record);
        return;
      case "turnContext":
        last.turnContext = record.context;
        return;
      case "threadSettings":
        last.settings = record.settings;
        return;
      case "tokenUsage":
        last.totalUsage = record.threadUsage;
        return;
      case "tokenCount":
        last.tokenCount = record;
        last.totalUsage = record.total;
        return;
      case "compacted":
        history = record.replacementHistory ?? summarised(history, record.message);
        marks = marks.map(() => 0);
        return;
      case "raw":
        addRaw(record.line);
        return;
      case "sessionMeta":
        return;
    }
  };

  /** Events of older files. */
  const addRaw = ({ payload }: RolloutLine): void => {
    if (payload["type"] === "thread_rolled_back") {
      const from = Math.max(0, marks.length - (numberOf(payload["num_turns"]) ?? 0));
      history = history.slice(0, marks[from] ?? history.length);
      marks = marks.slice(0, from);
      turns = turns.slice(0, from);
      places = places.slice(0, from);
    } else if (payload["type"] === "user_message" && preview === "") {
      preview = textOf(payload["message"]) ?? "";
    }
  };

  const ordinalOf = (line: RolloutLine): number => line.ordinal ?? lines;

  /** An item that is stored twice, as a longer command is, counts in its last state and its first place. */
  const putItem = (turnId: string, item: ThreadItem, ordinal: number): void => {
    const at = turns.findLastIndex((each) => each.id === turnId);
    const [turn, place] = [turns[at], places[at]];
    if (turn === undefined || place === undefined) return;
    const index = turn.items.findIndex((each) => each.id === item.id);
    if (index === -1) {
      turn.items.push(item);
      place.items.push(ordinal);
    } else turn.items[index] = item;
  };

  return {
    add(line) {
      lines++;
      const record = decode(line, (ref) => images.get(ref));
      add(record, line);
    },
    hasPreview: () => preview !== "",
    unanswered: () => unansweredCalls(history),
    result: (answers = new Map()) => ({
      history: repairCalls(history, answers),
      turns,
      places,
      openTurnId: open?.id,
      totalUsage: last.totalUsage ?? noUsage,
      tokenCount: last.tokenCount,
      turnContext: last.turnContext,
      settings: last.settings,
      worldState,
      preview,
    }),
  };
}

const newTurn = (id: string, startedAt: number | null): Turn => ({
  id,
  rootTurnId: id,
  items: [],
  itemsView: "full",
  status: "inProgress",
  error: null,
  startedAt,
  completedAt: null,
  durationMs: null,
});

function endTurn(turns: Turn[], end: Extract<RolloutRecord, { type: "turnEnded" | "turnAborted" }>): void {
  const index = end.turnId === null ? turns.length - 1 : turns.findLastIndex((turn) => turn.id === end.turnId);
  const turn = turns[index];
  if (turn === undefined) return;
  const error = end.type === "turnEnded" ? end.error : null;
  const status = end.type === "turnAborted" ? "interrupted" : error === null ? "completed" : "failed";
  const { completedAt, durationMs } = end;
  turns[index] = { ...turn, status, error, startedAt: end.startedAt ?? turn.startedAt, completedAt, durationMs };
}

/** The end of a turn whose process was killed. */
const interruption = (turnId: string): TurnAborted => ({
  type: "turnAborted",
  turnId,
  reason: "interrupted",
  startedAt: null,
  completedAt: null,
  durationMs: null,
});

/** What a compaction of an old file left: the user's messages, and the summary as one more. */
const summarised = (history: readonly ResponseItem[], message: string): ResponseItem[] => [
  ...history.filter(isPrompt),
  { type: "message", role: "user", content: [{ type: "input_text", text: message }] },
];

/**
 * Something the user said, not what we tell the model in the user's name: the parts' kinds tell, or, in old files and ones
 * of other programs, the tags or the heading that our own texts begin with.
 */
export function isPrompt(item: ResponseItem): boolean {
  if (!("role" in item) || item.role !== "user") return false;
  const kinds = textsOf(fieldsOf(item.internal_chat_message_metadata_passthrough)["content_item_kinds"]);
  if (kinds.length > 0) return kinds.some((kind) => kind.startsWith("user."));
  return !/^(<[a-z_]+>|# AGENTS\.md instructions)/.test(textsIn(item)[0] ?? "");
}

/** Without the tags that stand around pictures. */
const promptOf = (item: ResponseItem): string =>
  textsIn(item)
    .filter((text) => !/^<\/?image\b/.test(text))
    .join("\n")
    .trim();

const textsIn = (item: ResponseItem): string[] =>
  "content" in item ? listOf(item.content).flatMap((part) => textOf(part["text"]) ?? []) : [];
