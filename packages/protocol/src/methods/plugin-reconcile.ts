import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";

export const PluginReconcileChangedPlugin = T.Object(
  { id: T.String(), hasMcps: T.Boolean(), hasApps: T.Boolean(), hasHooks: T.Boolean(), hasSkills: T.Boolean() },
  { title: "PluginReconcileChangedPlugin" },
);
export type PluginReconcileChangedPlugin = Static<typeof PluginReconcileChangedPlugin>;

export const Params = T.Object({ reason: OptionalNull(T.String()) }, { title: "PluginReconcileParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    changedPlugins: T.Array(PluginReconcileChangedPlugin),
    failedRemotePluginIds: T.Array(T.String()),
    failedMaterializationRemotePluginIds: T.Array(T.String()),
  },
  { title: "PluginReconcileResponse" },
);
export type Result = Static<typeof Result>;
