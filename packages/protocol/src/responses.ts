/**
 * The Responses API as we speak it: the items of a request's `input` and of a response's `output`, and the server's
 * events. Types only: what comes off the wire is checked where it is read (`model/src/read-event.ts`), and what we do not
 * know is kept as it came. Source: the original's requests and stored rollouts, version 0.169.0.
 */
import type { JsonObject, JsonValue } from "./json.ts";

export type InputText = { type: "input_text"; text: string };
export type InputImage = { type: "input_image"; image_url: string; detail?: string };
export type OutputText = { type: "output_text"; text: string };
/** A part of a message; parts that we do not know keep their shape. */
export type ContentPart = InputText | InputImage | OutputText | { type: "refusal"; refusal: string } | UnknownPart;
export type UnknownPart = { type: string & {}; [key: string]: JsonValue | undefined };

/** What a tool gave back: plain text, or parts where it holds images. */
export type ToolOutput = string | (InputText | InputImage)[];

/** A turn's mark on an item, sent to the built-in provider only and always stored. */
export type ItemMetadata = {
  turn_id: string;
  /** Unix seconds with fraction. */
  create_time?: number;
  content_item_kinds?: string[];
  [key: string]: JsonValue | undefined;
};

type Common = { id?: string; internal_chat_message_metadata_passthrough?: ItemMetadata };

export type MessageItem = Common & {
  type: "message";
  role: "developer" | "user" | "assistant" | "system";
  content: ContentPart[];
  phase?: string;
  status?: string;
};
export type ReasoningItem = Common & {
  type: "reasoning";
  summary: { type: "summary_text"; text: string }[];
  content?: { type: "reasoning_text" | "text"; text: string }[] | null;
  encrypted_content?: string | null;
};
export type FunctionCallItem = Common & {
  type: "function_call";
  call_id: string;
  name: string;
  namespace?: string;
  /** JSON text, as the model wrote it. */
  arguments: string;
};
export type FunctionCallOutputItem = Common & { type: "function_call_output"; call_id: string; output: ToolOutput };
export type CustomToolCallItem = Common & {
  type: "custom_tool_call";
  call_id: string;
  name: string;
  input: string;
  status?: string;
};
export type CustomToolCallOutputItem = Common & {
  type: "custom_tool_call_output";
  call_id: string;
  output: ToolOutput;
};
export type WebSearchCallItem = Common & { type: "web_search_call"; status?: string; action?: JsonObject };
/** An item type of a newer server: stored and sent back as it is. */
export type UnknownItem = Common & { type: string & { readonly unknown?: true }; [key: string]: unknown };

export type KnownItem =
  | MessageItem
  | ReasoningItem
  | FunctionCallItem
  | FunctionCallOutputItem
  | CustomToolCallItem
  | CustomToolCallOutputItem
  | WebSearchCallItem;
export type ResponseItem = KnownItem | UnknownItem;

const knownTypes: ReadonlySet<string> = new Set([
  "message",
  "reasoning",
  "function_call",
  "function_call_output",
  "custom_tool_call",
  "custom_tool_call_output",
  "web_search_call",
] satisfies KnownItem["type"][]);

export const isKnownItem = (item: ResponseItem): item is KnownItem => knownTypes.has(item.type);

export type ToolCallItem = FunctionCallItem | CustomToolCallItem;

export const isToolCall = (item: ResponseItem): item is ToolCallItem =>
  item.type === "function_call" || item.type === "custom_tool_call";

/** What answers a call; an output of no call, as clients give it for context, is none. */
export const isToolOutput = (item: ResponseItem): item is FunctionCallOutputItem | CustomToolCallOutputItem =>
  (item.type === "function_call_output" || item.type === "custom_tool_call_output") && "call_id" in item;

/** Counts of one response, or of a thread so far. */
export type TokenUsage = {
  input_tokens: number;
  cached_input_tokens: number;
  cache_write_input_tokens: number;
  output_tokens: number;
  reasoning_output_tokens: number;
  total_tokens: number;
};

export const noUsage: TokenUsage = {
  input_tokens: 0,
  cached_input_tokens: 0,
  cache_write_input_tokens: 0,
  output_tokens: 0,
  reasoning_output_tokens: 0,
  total_tokens: 0,
};

export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    cached_input_tokens: a.cached_input_tokens + b.cached_input_tokens,
    cache_write_input_tokens: a.cache_write_input_tokens + b.cache_write_input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    reasoning_output_tokens: a.reasoning_output_tokens + b.reasoning_output_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
  };
}

/** A tool as the request offers it. */
export type FunctionSpec = {
  type: "function";
  name: string;
  description: string;
  strict: false;
  parameters: JsonObject;
};
export type ToolSpec =
  | FunctionSpec
  | { type: "namespace"; name: string; description: string; tools: FunctionSpec[] }
  | {
      type: "custom";
      name: string;
      description: string;
      format: { type: "grammar"; syntax: "lark"; definition: string };
    }
  | { type: "web_search"; external_web_access: boolean; [key: string]: JsonValue };

/** The body of `POST {base_url}/responses`. */
export type ResponsesRequest = {
  model: string;
  input: ResponseItem[];
  tools: ToolSpec[];
  service_tier?: string;
  tool_choice: "auto";
  parallel_tool_calls: boolean;
  reasoning?: { effort?: string; summary?: string };
  store: false;
  stream: true;
  include: string[];
  prompt_cache_key: string;
  text?: { verbosity?: string; format?: JsonObject };
  client_metadata: Record<string, string>;
};
