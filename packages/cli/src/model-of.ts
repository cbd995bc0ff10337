import type { Config } from "@codex/config/schema";
import { defaultModel, lookupModel, readCatalogue, type ModelInfo } from "@codex/model/catalogue";
import { readText } from "@codex/platform/read-file";

/** The model a config names, for showing what it is. Faults of the catalogue's file are told where the thread is opened. */
export function modelOf(config: Config): ModelInfo {
  const path = config.model_catalog_json;
  const text = path === undefined ? undefined : readText(path);
  const catalogue = text?.ok && text.value !== undefined ? readCatalogue(text.value, path ?? "") : undefined;
  const options = catalogue?.ok ? { catalogue: catalogue.value } : {};
  return lookupModel(config.model ?? defaultModel, options).model;
}
