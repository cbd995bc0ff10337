import { isObject, type JsonObject, type JsonValue } from "@codex/protocol/json";
import { createMask, maskValue } from "../mask.ts";
import { observeRequest } from "../observe-request.ts";
import type { Client } from "./exchange.ts";
import { type ExchangeRecording, lastRequest } from "./play-exchange.ts";
import { tellStory } from "./tell-story.ts";

/**
 * An exchange as a plain value that two programs can agree in. Of each client: what it was answered, in the order it asked;
 * what else it was told, by method; and the order in which a turn's events came. Ids and times are masked, deltas joined.
 */
export function observeExchange(recording: ExchangeRecording): JsonValue {
  const { clients, requests, complaints, notes } = recording;
  const raw: JsonObject = {
    clients: clients.map(observeClient),
    model: requests.map((request, index) => {
      const { after, items, model, reasoning, text, service_tier } = observeRequest(request, requests[index - 1]);
      const told = (items as JsonObject[]).filter(({ role }) => role !== "developer").map(withoutEnvironment);
      return { after, told, asked: { model, reasoning, text, service_tier } } as JsonObject;
    }),
    notes,
    ...(complaints.length > 0 ? { complaints: [...complaints] } : {}),
  };
  return maskValue(unify(raw), createMask([...recording.places, ...idsOf(clients)]));
}

function observeClient(client: Client): JsonObject {
  const answers = client.asked
    .filter(({ method }) => method !== lastRequest)
    .map(({ id, method }) => {
      const answer = client.heard.find((message) => message["id"] === id && !("method" in message));
      return { method, ...observeAnswer(answer) };
    });
  const told = client.heard.filter((message) => "method" in message);
  const plain = told.filter(({ method }) => !isDelta(method));
  return {
    answers,
    told: Object.fromEntries(
      Object.entries(Object.groupBy(plain, ({ method }) => String(method))).map(([method, messages]) => [
        method,
        lastOnly(method, messages ?? []).map(
          ({ id, params }) => (id === undefined ? params : { id, params }) as JsonValue,
        ),
      ]),
    ),
    streamed: joinDeltas(told.filter(({ method }) => isDelta(method) && !isOutput(method))),
    story: tellStory(told),
  };
}

/** Errors of ours carry a code for programs beside what the original's carry. */
function observeAnswer(answer: JsonObject | undefined): JsonObject {
  if (answer === undefined) return { unanswered: true };
  const { error } = answer;
  if (!isObject(error)) return { result: answer["result"] ?? null };
  const { data, ...rest } = error as JsonObject;
  const { code: _code, ...more } = isObject(data) ? data : {};
  return { error: { ...rest, ...(Object.keys(more).length > 0 ? { data: more as JsonObject } : {}) } };
}

/** How much of a command's output is streamed depends on when it comes; all of it is in its item. */
const isOutput = (method: JsonValue | undefined): boolean => method === "item/commandExecution/outputDelta";

/** A search tells what it has found so far, as often as it likes. */
const lastOnly = (method: string, messages: JsonObject[]): JsonObject[] =>
  method.startsWith("fuzzyFileSearch/session") ? messages.slice(-1) : messages;

const isDelta = (method: JsonValue | undefined): boolean => /[dD]elta$/.test(String(method));

/** What was streamed, whole: how it is cut differs from run to run. */
function joinDeltas(messages: readonly JsonObject[]): JsonObject {
  const streams: Record<string, string> = {};
  for (const { method, params } of messages) {
    const { itemId, processId, processHandle, stream, delta, deltaBase64, summaryIndex, contentIndex } =
      params as Record<string, string | number>;
    const of = [itemId, processId, processHandle, stream, summaryIndex, contentIndex].filter(
      (part) => part !== undefined,
    );
    const key = [method, ...of].join(" ");
    streams[key] = (streams[key] ?? "") + (deltaBase64 === undefined ? delta : atob(String(deltaBase64)));
  }
  return Object.fromEntries(Object.entries(streams).filter(([, whole]) => whole !== ""));
}

function withoutEnvironment(item: JsonObject): JsonObject {
  if (!Array.isArray(item["content"])) return item;
  const content = item["content"].map((part) =>
    isObject(part) && String(part["text"]).startsWith("<environment_context>")
      ? { ...part, text: "<environment_context>…" }
      : part,
  );
  return { ...item, content: content as JsonValue };
}

/** Takes out what is another number or text in every run, and says only that it is there. */
function unify(value: JsonValue, key = ""): JsonValue {
  if (typeof value === "number" && timeKeys.test(key)) return "<time>";
  if (typeof value === "string") return unifyText(value, key);
  if (Array.isArray(value)) return value.map((entry) => unify(entry));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, unify(entry as JsonValue, name)]));
}

function unifyText(value: string, key: string): string {
  if (/cursor$/i.test(key)) return "<cursor>";
  if (key === "installationId" || key === "revision") return `<${key}>`;
  if (key === "processId" && /^\d+$/.test(value)) return "<process>";
  return value
    .replaceAll(rolloutStamp, "<stamp>")
    .replaceAll(revision, "$1_<revision>")
    .replaceAll(duration, "Duration: <s>");
}

const timeKeys = /(At|AtMs|durationMs|DurationMs|Secs)$/;
/** A rollout that a revert has made. */
const revision = /(<stamp>-[0-9a-f-]{36})_[0-9a-f-]{36}/g;
const duration = /Duration: [\d.]+ seconds/g;
const rolloutStamp = /(\d{4}\/\d\d\/\d\d\/)?rollout-\d{4}(?:-\d\d){2}T\d\d(?:-\d\d){2}/g;

/** Threads, turns and items by what they are, so that an id which only one side has does not renumber the others. */
function idsOf(clients: readonly Client[]): [id: string, name: string][] {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const name = (kind: string, id: unknown) => {
    if (typeof id !== "string" || id.length < 20 || names.has(id)) return;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    names.set(id, `<${kind} ${count}>`);
  };
  const look = (value: unknown) => {
    if (!isObject(value)) return;
    for (const kind of ["thread", "turn"]) {
      const named = value[kind];
      if (isObject(named)) name(kind, named["id"]);
    }
    const item = value["item"];
    if (isObject(item)) name(String(item["type"]), item["id"]);
  };
  for (const { heard } of clients) for (const message of heard) look(message["result"] ?? message["params"]);
  return [...names];
}
