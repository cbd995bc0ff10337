import { isObject, type JsonObject, type JsonValue, parseJson } from "@codex/protocol/json";
import type { CapturedRequest } from "../../packages/scripted-model/src/captured-request.ts";

/**
 * What of a request is compared: the names of its headers, the fields of its body, the kinds and contents of its items.
 * Lists of tools and prose of our own are left out; of an input that goes on from the one before, only what is new is shown.
 */
export function observeRequest(request: CapturedRequest, before: CapturedRequest | undefined): JsonObject {
  const { input: _input, tools, client_metadata: metadata, ...fields } = request.body;
  const known = before?.input() ?? [];
  const goesOn = known.length > 0 && Bun.deepEquals(request.input().slice(0, known.length), known);
  const added = goesOn ? request.input().slice(known.length) : request.input();
  return {
    headers: Object.keys(request.headers)
      .filter((name) => !connectionHeaders.has(name))
      .sort(),
    ...fields,
    tools: Array.isArray(tools) ? "(a list)" : "(none)",
    client_metadata: observeMetadata(metadata),
    input: { after: goesOn ? "(all of the request before)" : "(nothing)", items: added.map(observeItem) },
  };
}

/** Of HTTP itself, not of the API. */
const connectionHeaders: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "accept-encoding",
]);

/** The keys, and what the turn's own record says; its times and folders vary. */
function observeMetadata(metadata: JsonValue | undefined): JsonValue {
  if (!isObject(metadata)) return null;
  const turn = parseJson(String(metadata["x-codex-turn-metadata"]));
  return {
    keys: Object.keys(metadata).sort(),
    turn: isObject(turn) ? Object.fromEntries(Object.entries(turn).map(observeTurnFact)) : null,
  };
}

function observeTurnFact([key, value]: [string, unknown]): [string, JsonValue] {
  return [key, typeof value === "number" || key === "workspaces" ? "(given)" : (value as JsonValue)];
}

/** An item without the words that are each program's own: what a developer message says, by its tags. */
function observeItem(item: JsonObject): JsonObject {
  const { content } = item;
  if (item["type"] !== "message" || !Array.isArray(content)) return item;
  const developer = item["role"] === "developer";
  return { ...item, content: content.map((part) => observePart(part, developer)) };
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
