import { switchableFeatures } from "@codex/config/read-defaults";
import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** Switches features for as long as the server lives; what the config says outweighs it. Names that cannot be switched so are left out. */
export const experimentalFeatureEnablementSet: Handler<"experimentalFeature/enablement/set"> = async (
  { enablement },
  { server },
) => {
  const known: ReadonlySet<string> = new Set(switchableFeatures);
  const taken = Object.fromEntries(Object.entries(enablement).filter(([name]) => known.has(name)));
  Object.assign(server.switchedFeatures, taken);
  return ok({ enablement: taken });
};
