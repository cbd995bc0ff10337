import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ remotePluginId: T.String() }, { title: "PluginShareDeleteParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "PluginShareDeleteResponse" });
export type Result = Static<typeof Result>;
