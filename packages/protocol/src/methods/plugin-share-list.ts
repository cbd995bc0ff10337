import { Type as T, type Static } from "@sinclair/typebox";
import { PluginSummary } from "../plugins.ts";
import { Nullable } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const PluginShareListItem = T.Object(
  { plugin: PluginSummary, localPluginPath: Nullable(AbsolutePathBuf) },
  { title: "PluginShareListItem" },
);
export type PluginShareListItem = Static<typeof PluginShareListItem>;

export const Params = T.Object({}, { title: "PluginShareListParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ data: T.Array(PluginShareListItem) }, { title: "PluginShareListResponse" });
export type Result = Static<typeof Result>;
