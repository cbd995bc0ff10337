import { ok } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { providersOf } from "../providers-of.ts";

export const modelProviderList: Handler<"modelProvider/list"> = async (_params, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  const { config, requirements } = loaded.value;
  return ok({
    data: providersOf(config),
    defaultProviderId: config.model_provider ?? "openai",
    canChangeDefault: requirements.model_provider === undefined,
  });
};
