import type { ModelInfo } from "@codex/model/catalogue";
import type { JsonObject } from "@codex/protocol/json";
import type { ContentPart, ResponseItem, ResponsesRequest, ToolSpec } from "@codex/protocol/responses";
import { baseInstructionsItem } from "./base-instructions.ts";
import { pairToolCalls } from "./pair-tool-calls.ts";

/** What a request must know of its model. */
export type RequestModel = Pick<
  ModelInfo,
  | "slug"
  | "defaultReasoningEffort"
  | "defaultReasoningSummary"
  | "supportsVerbosity"
  | "defaultVerbosity"
  | "inputModalities"
  | "supportsParallelToolCalls"
>;

/** What the user set for the turn; undefined leaves the choice to the model's defaults. */
export type RequestSettings = {
  readonly reasoningEffort?: string;
  readonly reasoningSummary?: string;
  readonly verbosity?: string;
  readonly serviceTier?: string;
  /** JSON Schema of the final answer. */
  readonly outputSchema?: JsonObject;
};

export type RequestParts = {
  readonly threadId: string;
  readonly baseInstructions: string;
  readonly history: readonly ResponseItem[];
  readonly tools: ToolSpec[];
  readonly model: RequestModel;
  readonly settings: RequestSettings;
  /** Only the built-in provider understands our marks on items; every other gets items without them. */
  readonly sendItemMetadata: boolean;
  /** See `clientMetadata` in the model package. */
  readonly clientMetadata: Record<string, string>;
};

/** The body of `POST /responses` for one sample of a turn. Source: requests of the original 0.169.0. */
export function buildRequest(parts: RequestParts): ResponsesRequest {
  const { model, settings } = parts;
  return {
    model: model.slug,
    stream: true,
    input: requestInput(parts),
    tools: parts.tools,
    ...present("service_tier", serviceTier(settings.serviceTier)),
    tool_choice: "auto",
    parallel_tool_calls: model.supportsParallelToolCalls,
    ...present("reasoning", reasoning(model, settings)),
    store: false,
    include: ["reasoning.encrypted_content"],
    prompt_cache_key: parts.threadId,
    ...present("text", text(model, settings)),
    client_metadata: parts.clientMetadata,
  };
}

/** The input items as they are sent. */
export function requestInput(
  parts: Pick<RequestParts, "threadId" | "baseInstructions" | "history" | "model" | "sendItemMetadata">,
): ResponseItem[] {
  const base = baseInstructionsItem(parts.threadId, parts.baseInstructions);
  const seesImages = parts.model.inputModalities.includes("image");
  const history = pairToolCalls(parts.history)
    .map((item) => (parts.sendItemMetadata ? item : withoutMetadata(item)))
    .map(withOwnIdOnly)
    .map((item) => (seesImages ? item : withoutImages(item)));
  return [base, ...history];
}

/** An item as a provider other than the built-in one gets it. */
export function withoutMetadata(item: ResponseItem): ResponseItem {
  const { internal_chat_message_metadata_passthrough: _, ...rest } = item;
  return rest;
}

/** The service takes an id back only with the prefix of its item's type. */
const idPrefixes: Record<string, string> = {
  message: "msg_",
  reasoning: "rs_",
  function_call: "fc_",
  function_call_output: "fco_",
  custom_tool_call: "ctc_",
  custom_tool_call_output: "ctco_",
  web_search_call: "ws_",
};

function withOwnIdOnly(item: ResponseItem): ResponseItem {
  const prefix = idPrefixes[item.type];
  if (item.id === undefined || prefix === undefined || item.id.startsWith(prefix)) return item;
  const { id: _, ...rest } = item;
  return rest;
}

const noImage = { type: "input_text", text: "[An image stood here; this model cannot see images.]" } as const;

/** For a model that takes text only, where an earlier one of the thread could see. */
function withoutImages(item: ResponseItem): ResponseItem {
  const replace = <P extends ContentPart>(parts: P[]) =>
    parts.map((part) => (part.type === "input_image" ? noImage : part));
  if ("content" in item && item.type === "message" && Array.isArray(item.content)) {
    return { ...item, content: replace(item.content) };
  }
  if ("output" in item && Array.isArray(item.output)) return { ...item, output: replace(item.output) };
  return item;
}

/** `present("text", undefined)` is `{}`: the wire knows absent fields, no empty ones. */
const present = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]: V });

/** The service calls "priority" what people call fast; the default is not named. */
const serviceTier = (tier: string | undefined): string | undefined =>
  tier === "fast" ? "priority" : tier === "default" ? undefined : tier;

function reasoning(model: RequestModel, settings: RequestSettings): ResponsesRequest["reasoning"] {
  const effort = settings.reasoningEffort ?? model.defaultReasoningEffort;
  const summary = settings.reasoningSummary ?? model.defaultReasoningSummary;
  const fields = { ...present("effort", effort), ...present("summary", summary === "none" ? undefined : summary) };
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function text(model: RequestModel, settings: RequestSettings): ResponsesRequest["text"] {
  const verbosity = model.supportsVerbosity ? (settings.verbosity ?? model.defaultVerbosity) : undefined;
  const format = settings.outputSchema === undefined ? undefined : schemaFormat(settings.outputSchema);
  const fields = { ...present("verbosity", verbosity), ...present("format", format) };
  return Object.keys(fields).length === 0 ? undefined : fields;
}

const schemaFormat = (schema: JsonObject): JsonObject => ({
  type: "json_schema",
  strict: true,
  schema,
  name: "codex_output_schema",
});
