import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { bundledCatalogue } from "@codex/model/bundled-catalogue";
import { readCatalogue } from "@codex/model/catalogue";
import { currentEnvironment } from "@codex/platform/env";
import { readText } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import { parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import type { ExecFlags } from "./commands/exec-options.ts";
import { loadInput } from "./load-input.ts";

/** The catalogue in use: the file that `model_catalog_json` names, or the built-in one. */
export async function showModels(flags: ExecFlags, bundled: boolean): Promise<Result<unknown>> {
  if (bundled) return ok(bundledCatalogue);
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const loaded = await loadConfig(loadInput(flags, home.value, resolve(flags.cd ?? "."), env));
  if (!loaded.ok) return loaded;
  const path = loaded.value.config.model_catalog_json;
  return path === undefined ? ok(bundledCatalogue) : readModels(path);
}

function readModels(path: string): Result<unknown> {
  const text = readText(path);
  if (!text.ok || text.value === undefined) {
    return err(fail("usage", `Error: model_catalog_json: ${path} cannot be read. Correct the path, or leave it out.`));
  }
  const checked = readCatalogue(text.value, path);
  return checked.ok ? ok(parseJson(text.value)) : checked;
}
