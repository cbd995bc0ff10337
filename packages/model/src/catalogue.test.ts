import { describe, expect, test } from "bun:test";
import { builtInModels, defaultModel, lookupModel, readCatalogue } from "./catalogue.ts";

const window = (slug: string, contextWindow?: number) => {
  const { model } = lookupModel(slug, { contextWindow });
  return [model.contextWindow, model.effectiveContextWindow];
};

describe("lookupModel", () => {
  test("knows the twelve models, the default among them", () => {
    expect(builtInModels().map(({ slug }) => slug)).toEqual([
      "gpt-6.1-sol",
      "gpt-6-astra",
      "gpt-6-sol",
      "gpt-6-luna",
      "gpt-5.6-sol",
      "gpt-6.1-terra",
      "gpt-5.6-terra",
      "gpt-5.6-luna",
      "gpt-daybreak-blue-latest",
      "gpt-daybreak-red-latest",
      "gpt-5.5",
      "codex-auto-review",
    ]);
    expect(lookupModel(defaultModel).warning).toBeUndefined();
  });

  test("gives the facts of a model", () => {
    expect(lookupModel("gpt-5.5").model).toEqual({
      slug: "gpt-5.5",
      displayName: "GPT-5.5",
      description: "An older coding model.",
      visibility: "list",
      priority: 13,
      defaultReasoningEffort: "medium",
      supportedReasoningEfforts: ["low", "medium", "high", "xhigh"],
      defaultReasoningSummary: "none",
      supportsVerbosity: true,
      defaultVerbosity: "low",
      contextWindow: 272_000,
      maxContextWindow: 272_000,
      effectiveContextWindow: 258_400,
      truncation: { mode: "tokens", limit: 10_000 },
      applyPatchTool: "freeform",
      webSearchTool: "text_and_image",
      supportsSearchTool: true,
      toolMode: undefined,
      usesResponsesLite: false,
      compHash: "2911",
      inputModalities: ["text", "image"],
      supportsParallelToolCalls: true,
      supportsImageDetailOriginal: true,
      serviceTiers: [{ id: "priority", name: "Fast" }],
      defaultServiceTier: undefined,
    });
  });

  test("gives an unknown model careful defaults, a patch tool and a warning", () => {
    const { model, warning } = lookupModel("gpt-5.1-codex");
    expect(warning).toBe(
      "Model metadata for `gpt-5.1-codex` not found. Defaulting to fallback metadata; this can degrade performance and cause issues.",
    );
    expect(model).toMatchObject({
      slug: "gpt-5.1-codex",
      applyPatchTool: "function",
      truncation: { mode: "tokens", limit: 10_000 },
      defaultReasoningEffort: undefined,
      defaultReasoningSummary: "auto",
      effectiveContextWindow: 258_400,
      supportsParallelToolCalls: true,
    });
  });

  test("knows a model by a longer slug and through a gateway's prefix, but not in other letters", () => {
    const nameOf = (slug: string) => lookupModel(slug).model.displayName;
    expect(["gpt-5.5-2026-04-01", "openai/gpt-5.6-luna"].map(nameOf)).toEqual(["GPT-5.5", "GPT-5.6-Luna"]);
    expect(lookupModel("openai/gpt-5.5").model.slug).toBe("openai/gpt-5.5");
    expect(lookupModel("GPT-5.5").warning).toBeDefined();
  });

  test("follows model_context_window as far as the model can", () => {
    expect(window("gpt-6-sol", 500_000)).toEqual([500_000, 475_000]);
    expect(window("gpt-5.5", 500_000)).toEqual([272_000, 258_400]);
    expect(window("gpt-5.5", 10_000)).toEqual([10_000, 9_500]);
    expect(window("unheard-of", 1_000_000)).toEqual([1_000_000, 950_000]);
  });
});

describe("readCatalogue", () => {
  test("reads the form that `codex debug models` prints, and replaces the built-in models", () => {
    const text = JSON.stringify({
      models: [
        { slug: "mine", context_window: 1_000, supported_reasoning_levels: [{ effort: "low", description: "x" }] },
      ],
    });
    const catalogue = readCatalogue(text, "/c.json");
    if (!catalogue.ok) throw new Error(catalogue.error.message);
    const { model, warning } = lookupModel("mine", { catalogue: catalogue.value });
    expect({ window: model.contextWindow, efforts: model.supportedReasoningEfforts, warning }).toEqual({
      window: 1_000,
      efforts: ["low"],
      warning: undefined,
    });
    expect(lookupModel("gpt-5.5", { catalogue: catalogue.value }).warning).toBeDefined();
  });

  test("says what is wrong with another file", () => {
    const message =
      'model_catalog_json: /c.json holds no {"models": [{"slug": …}]}. `codex debug models` shows the form.';
    for (const text of ["nonsense", "{}", '{"models":[{"name":"x"}]}'])
      expect(readCatalogue(text, "/c.json")).toEqual({ ok: false, error: { code: "invalidRequest", message } });
  });
});
