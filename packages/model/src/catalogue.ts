import { isObject, parseJson } from "@codex/protocol/json";
import { type CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import bundled from "./catalogue.json";

/** What Codex knows about a model. Token counts are the server's tokens. */
export type ModelInfo = {
  slug: string;
  displayName: string;
  description: string;
  visibility: "list" | "hide";
  /** The smaller, the further up in a list. */
  priority: number;
  /** Undefined: no `reasoning.effort` is sent unless the config sets one. */
  defaultReasoningEffort: string | undefined;
  supportedReasoningEfforts: string[];
  /** `reasoning.summary`; "none" means that the field is left out. */
  defaultReasoningSummary: string;
  supportsVerbosity: boolean;
  defaultVerbosity: string | undefined;
  contextWindow: number;
  maxContextWindow: number;
  /** What of the window a thread may fill before it is full. */
  effectiveContextWindow: number;
  /** How much of a tool's output the model reads. */
  truncation: { mode: "tokens" | "bytes"; limit: number };
  applyPatchTool: "freeform" | "function";
  webSearchTool: string;
  supportsSearchTool: boolean;
  /** "code_mode_only": made for tools that are called from code. */
  toolMode: string | undefined;
  usesResponsesLite: boolean;
  /** Encrypted compactions are readable by models of the same hash only. */
  compHash: string | undefined;
  inputModalities: string[];
  supportsParallelToolCalls: boolean;
  supportsImageDetailOriginal: boolean;
  serviceTiers: { id: string; name: string }[];
  defaultServiceTier: string | undefined;
};

/** The model when neither the config nor the command line names one. */
export const defaultModel = "gpt-6.1-sol";

export type CatalogueOptions = {
  /** From `readCatalogue`; the built-in models where it is left out. */
  catalogue?: readonly ModelInfo[] | undefined;
  /** `model_context_window` of the config. */
  contextWindow?: number | undefined;
};

export type Lookup = {
  model: ModelInfo;
  /** To be shown where the model is not in the catalogue. */
  warning: string | undefined;
};

/** Finds a model by its slug. One that nobody knows gets careful defaults and a warning. */
export function lookupModel(
  slug: string,
  { catalogue = builtInModels(), contextWindow }: CatalogueOptions = {},
): Lookup {
  const known = findModel(slug, catalogue);
  if (known) return { model: withWindow({ ...known, slug }, contextWindow), warning: undefined };
  return {
    model: withWindow(readModel({ slug }), contextWindow),
    warning: `Model metadata for \`${slug}\` not found. Defaulting to fallback metadata; this can degrade performance and cause issues.`,
  };
}

/**
 * A dated or otherwise suffixed slug (`gpt-5.5-2026-04-01`) is the model whose slug it begins with, the longest such; a
 * gateway's prefix (`openai/gpt-5.5`) is looked through. Letter case counts.
 */
function findModel(slug: string, catalogue: readonly ModelInfo[]): ModelInfo | undefined {
  const name = /^[\w-]+\/([^/]+)$/.exec(slug)?.[1] ?? slug;
  return catalogue
    .filter((model) => name.startsWith(model.slug))
    .toSorted((a, b) => b.slug.length - a.slug.length)
    .at(0);
}

/** A window set by the user, as far as the model can follow. The fallback can follow anywhere. */
function withWindow(model: ModelInfo, contextWindow: number | undefined): ModelInfo {
  if (contextWindow === undefined) return model;
  const window = Math.min(contextWindow, model.maxContextWindow);
  const share = model.effectiveContextWindow / model.contextWindow;
  return { ...model, contextWindow: window, effectiveContextWindow: Math.floor(window * share) };
}

let builtIn: readonly ModelInfo[] | undefined;

/** The models that come with Codex, by priority. */
export const builtInModels = (): readonly ModelInfo[] => (builtIn ??= bundled.models.map(readModel));

/** Reads the file that `model_catalog_json` names: `{"models":[…]}` in the form of `codex debug models`. */
export function readCatalogue(text: string, path: string): Result<readonly ModelInfo[]> {
  const root = parseJson(text);
  const models = isObject(root) ? root["models"] : undefined;
  if (!Array.isArray(models) || !models.every(hasSlug)) return err(unreadable(path));
  return ok(models.map(readModel));
}

type WireModel = Record<string, unknown> & { slug: string };

const hasSlug = (value: unknown): value is WireModel => isObject(value) && typeof value["slug"] === "string";

const unreadable = (path: string): CodexError => ({
  code: "invalidRequest",
  message: `model_catalog_json: ${path} holds no {"models": [{"slug": …}]}. \`codex debug models\` shows the form.`,
});

/**
 * The defaults are those of a model that is in no catalogue. The original gives it bytes instead of tokens to count
 * output by, and no way to patch files; both are mended here.
 */
function readModel(wire: WireModel): ModelInfo {
  const { slug } = wire;
  const contextWindow = number(wire["context_window"]) ?? 272_000;
  const percent = number(wire["effective_context_window_percent"]) ?? 95;
  return {
    slug,
    displayName: text(wire["display_name"]) ?? slug,
    description: text(wire["description"]) ?? "",
    visibility: wire["visibility"] === "list" ? "list" : "hide",
    priority: number(wire["priority"]) ?? 99,
    defaultReasoningEffort: text(wire["default_reasoning_level"]),
    supportedReasoningEfforts: efforts(wire["supported_reasoning_levels"]),
    defaultReasoningSummary: text(wire["default_reasoning_summary"]) ?? "auto",
    supportsVerbosity: wire["support_verbosity"] === true,
    defaultVerbosity: text(wire["default_verbosity"]),
    contextWindow,
    maxContextWindow: number(wire["max_context_window"]) ?? Number.MAX_SAFE_INTEGER,
    effectiveContextWindow: Math.floor((contextWindow * percent) / 100),
    truncation: truncation(wire["truncation_policy"]),
    applyPatchTool: wire["apply_patch_tool_type"] === "freeform" ? "freeform" : "function",
    webSearchTool: text(wire["web_search_tool_type"]) ?? "text",
    supportsSearchTool: wire["supports_search_tool"] === true,
    toolMode: text(wire["tool_mode"]),
    usesResponsesLite: wire["use_responses_lite"] === true,
    compHash: text(wire["comp_hash"]),
    inputModalities: texts(wire["input_modalities"]) ?? ["text", "image"],
    supportsParallelToolCalls: wire["supports_parallel_tool_calls"] !== false && wire["use_responses_lite"] !== true,
    supportsImageDetailOriginal: wire["supports_image_detail_original"] === true,
    serviceTiers: serviceTiers(wire["service_tiers"]),
    defaultServiceTier: text(wire["default_service_tier"]),
  };
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : undefined;

/** Plain names, or `{effort, description}` as the original prints them. */
const efforts = (value: unknown): string[] =>
  list(value)
    .map((entry) => text(isObject(entry) ? entry["effort"] : entry))
    .filter((effort) => effort !== undefined);

function truncation(value: unknown): ModelInfo["truncation"] {
  const policy = isObject(value) ? value : {};
  return { mode: policy["mode"] === "bytes" ? "bytes" : "tokens", limit: number(policy["limit"]) ?? 10_000 };
}

const serviceTiers = (value: unknown): ModelInfo["serviceTiers"] =>
  list(value).flatMap((tier) => {
    const id = isObject(tier) ? text(tier["id"]) : undefined;
    return id === undefined || !isObject(tier) ? [] : [{ id, name: text(tier["name"]) ?? id }];
  });
