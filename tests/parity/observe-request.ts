import { isObject, type JsonObject, type JsonValue, parseJson } from "@codex/protocol/json";
import type { CapturedRequest } from "../../packages/scripted-model/src/captured-request.ts";

/**
 * What of a request is compared: the names of its headers, the fields of its body, the kinds and contents of its items.
 * Lists of tools and prose of our own are left out; of an input that goes on from the one before, only what is new is shown.
 */
export function observeRequest(request: CapturedRequest, before: CapturedRequest | undefined): JsonObject {
  const { input: _input, tools, client_metadata: metadata, ...fields } = request.body;
  const known = before?.input() ?? [];
  const after = howItGoesOn(known, request.input());
  return {
    headers: Object.fromEntries(headerNames(request).map((name) => [name, true])),
    ...fields,
    tools: Array.isArray(tools) ? "(a list)" : "(none)",
    client_metadata: observeMetadata(metadata),
    after,
    items: request
      .input()
      .slice(after === "(nothing)" ? 0 : known.length)
      .map(observeItem),
  };
}

/** Whether an input begins with all of the one before. Ids may change where another program goes on with a thread. */
function howItGoesOn(known: JsonObject[], input: JsonObject[]): string {
  const start = input.slice(0, known.length);
  const same = known.length > 0 && Bun.deepEquals(start.map(withoutId), known.map(withoutId));
  if (!same) return "(nothing)";
  return Bun.deepEquals(start.map(idOf), known.map(idOf))
    ? "(the request before)"
    : "(the request before, with other ids)";
}

const withoutId = (item: JsonObject): JsonObject => {
  const { id: _id, ...rest } = observeItem(item);
  return rest;
};

const idOf = (item: JsonObject): JsonValue | undefined => item["id"];

const headerNames = ({ headers }: CapturedRequest): string[] =>
  Object.keys(headers)
    .filter((name) => !connectionHeaders.has(name))
    .sort();

/** Of HTTP itself, not of the API. */
const connectionHeaders: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "accept-encoding",
]);

/** The keys, and what the turn's own record says; of its times only that they are there. */
function observeMetadata(metadata: JsonValue | undefined): JsonValue {
  if (!isObject(metadata)) return null;
  const turn = parseJson(String(metadata["x-codex-turn-metadata"]));
  return {
    keys: Object.keys(metadata).sort(),
    turn: isObject(turn) ? Object.fromEntries(Object.entries(turn).filter(isSteady).map(observeTurnFact)) : null,
  };
}

// The original looks at the repository beside the turn: the first request may leave before it knows.
const isSteady = ([key]: [string, unknown]): boolean => key !== "workspaces";

function observeTurnFact([key, value]: [string, unknown]): [string, JsonValue] {
  return [key, typeof value === "number" ? "(given)" : (value as JsonValue)];
}

/**
 * An item without the words that are each program's own: of what a developer message says, its tags. Fields that are null
 * are left out, as the server takes them for absent.
 */
function observeItem(item: JsonObject): JsonObject {
  const { content, ...fields } = item;
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  if (!Array.isArray(content)) return known;
  return { ...known, content: content.map((part) => observePart(part, item["role"] === "developer")) };
}

function observePart(part: JsonValue, developer: boolean): JsonValue {
  if (!isObject(part) || typeof part["text"] !== "string") return part;
  const tag = /^<([a-z_ ]+)>/.exec(part["text"])?.[1];
  if (developer) return { ...part, text: tag === undefined ? "(prose)" : `<${tag}>…` } as JsonObject;
  return tag !== undefined && ourOwnWords.has(tag)
    ? ({ ...part, text: `<${tag}>…` } as JsonObject)
    : (part as JsonValue);
}

/** Tags of user messages whose text is prose for the model. */
const ourOwnWords: ReadonlySet<string> = new Set(["turn_aborted"]);
