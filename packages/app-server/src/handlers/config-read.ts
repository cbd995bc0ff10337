import { describeConfig, describeLayers, describeOrigins } from "@codex/config/describe-config";
import type { MethodResult } from "@codex/protocol/methods";
import { ok } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";

/** Without a folder, as it holds outside any project. */
export const configRead: Handler<"config/read"> = async ({ cwd, includeLayers }, { server }) => {
  const loaded = await configNow(server, cwd);
  if (!loaded.ok) return loaded;
  const layers = loaded.value.layers.filter(({ source }) => cwd || source.type !== "project");
  // Each layer was validated against the schema of config.toml, which knows more than the protocol's.
  return ok({
    config: describeConfig(layers, server.switchedFeatures),
    origins: describeOrigins(layers),
    ...(includeLayers ? { layers: describeLayers(layers) } : {}),
  } as MethodResult<"config/read">);
};
