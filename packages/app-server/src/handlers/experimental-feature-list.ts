import { featureTable, featureNames, type FeatureStage } from "@codex/config/feature-table";
import { featureEnabled } from "@codex/config/features";
import type { MethodResult } from "@codex/protocol/methods";
import { fail } from "@codex/protocol/errors";
import { err } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { page } from "../page.ts";

type Stage = MethodResult<"experimentalFeature/list">["data"][number]["stage"];

/** Every feature flag and whether it is on, by name. */
export const experimentalFeatureList: Handler<"experimentalFeature/list"> = async (params, { server }) => {
  const thread = params.threadId ? server.engine.loadedThread(params.threadId) : undefined;
  if (params.threadId && !thread) return err(fail("threadNotLoaded", params.threadId));
  const loaded = await configNow(server, thread?.describe({ turns: false }).cwd);
  if (!loaded.ok) return loaded;
  const features = { ...server.switchedFeatures, ...loaded.value.config.features };
  const all = featureNames.map((name) => ({
    name,
    stage: stages[featureTable[name].stage],
    displayName: null,
    description: null,
    announcement: null,
    enabled: featureEnabled(features, name),
    defaultEnabled: featureTable[name].enabled,
  }));
  return page(all, "feature flags", params);
};

const stages: Record<FeatureStage, Stage> = {
  stable: "stable",
  experimental: "beta",
  "under development": "underDevelopment",
  deprecated: "deprecated",
  removed: "removed",
};
