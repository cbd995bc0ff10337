import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ pluginId: T.String() }, { title: "PluginUninstallParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "PluginUninstallResponse" });
export type Result = Static<typeof Result>;
