import { ok } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";

/** No tool of ours makes images yet. The web is searched by the model's own service. */
export const modelProviderCapabilitiesRead: Handler<"modelProvider/capabilities/read"> = async (
  _params,
  { server },
) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  return ok({ imageGeneration: false, webSearch: loaded.value.config.web_search !== "disabled" });
};
