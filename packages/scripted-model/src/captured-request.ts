import type { JsonObject, JsonValue } from "@codex/protocol/json";

/** A request that the scripted model received, with the questions a test asks of it. */
export type CapturedRequest = {
  /** Counted from 0 among the requests for a response. */
  index: number;
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: JsonObject;
  /** The items of `body.input`. */
  input(): JsonObject[];
  /** Every tool output in the input, oldest first, as text; an image part is `[image]`. */
  outputs(): string[];
  /** The newest tool output, or "" where there is none. */
  lastOutput(): string;
  /** The text parts of all messages of a role, one string a part. */
  texts(role: "developer" | "user" | "assistant"): string[];
  /** One word an item: `user`, `developer`, `assistant` for messages, the item's type for the rest. */
  inputKinds(): string[];
  /** Names of the offered tools; the type where a tool has no name; `namespace.name` inside a namespace. */
  tools(): string[];
  /** How the exchange ended: `dropped` is a client that left before the answer was complete. */
  closed: Promise<"finished" | "dropped">;
};

type Arrived = Pick<CapturedRequest, "index" | "path" | "headers" | "body" | "closed">;

export function captureRequest(arrived: Arrived): CapturedRequest {
  const input = () => objects(arrived.body["input"]);
  const outputs = () =>
    input()
      .filter(isToolOutput)
      .map((item) => outputText(item["output"]));
  return {
    ...arrived,
    input,
    outputs,
    lastOutput: () => outputs().at(-1) ?? "",
    texts: (role) =>
      input()
        .filter((item) => item["role"] === role)
        .flatMap((item) => texts(item["content"])),
    inputKinds: () => input().map(kindOf),
    tools: () => [...objects(arrived.body["tools"]), ...input().flatMap(additionalTools)].flatMap(toolNames),
  };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const objects = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const isToolOutput = (item: JsonObject): boolean => String(item["type"]).endsWith("_call_output");

function outputText(output: JsonValue | undefined): string {
  if (typeof output === "string") return output;
  return objects(output)
    .map((part) => (typeof part["text"] === "string" ? part["text"] : "[image]"))
    .join("");
}

const texts = (content: JsonValue | undefined): string[] =>
  objects(content).flatMap((part) => (typeof part["text"] === "string" ? [part["text"]] : []));

const kindOf = (item: JsonObject): string => String(item["type"] === "message" ? item["role"] : item["type"]);

// The newest model family gets its tools as an input item instead of in the body's `tools`.
const additionalTools = (item: JsonObject): JsonObject[] =>
  item["type"] === "additional_tools" ? objects(item["tools"]) : [];

function toolNames(tool: JsonObject): string[] {
  const name = String(tool["name"] ?? tool["type"]);
  return tool["type"] === "namespace"
    ? objects(tool["tools"])
        .flatMap(toolNames)
        .map((inner) => `${name}.${inner}`)
    : [name];
}
