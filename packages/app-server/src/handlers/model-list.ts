import { builtInModels, defaultModel, readCatalogue, type ModelInfo } from "@codex/model/catalogue";
import { describeModel } from "@codex/model/describe-model";
import { readText } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { page } from "../page.ts";
import { providersOf } from "../providers-of.ts";

/** The models of the catalogue that holds, best first; hidden ones on request. */
export const modelList: Handler<"model/list"> = async (params, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  const { modelProvider, includeHidden } = params;
  if (modelProvider && !providersOf(loaded.value.config).some(({ id }) => id === modelProvider)) {
    return err({
      ...fail("modelProviderNotConfigured", modelProvider),
      data: { type: "modelProviderNotConfigured", modelProvider },
    });
  }
  const models = catalogue(loaded.value.config.model_catalog_json);
  if (!models.ok) return models;
  const shown = models.value.filter(({ visibility }) => includeHidden || visibility === "list");
  const first = shown.find(({ slug }) => slug === defaultModel) ?? shown[0];
  const sorted = shown.toSorted((a, b) => a.priority - b.priority);
  return page(
    sorted.map((model) => describeModel(model, model === first)),
    "models",
    params,
  );
};

function catalogue(file: string | undefined): Result<readonly ModelInfo[]> {
  if (file === undefined) return ok(builtInModels());
  const text = readText(file);
  if (!text.ok || text.value === undefined) return err(fail("configUnreadable", `cannot read ${file}`));
  return readCatalogue(text.value, file);
}
