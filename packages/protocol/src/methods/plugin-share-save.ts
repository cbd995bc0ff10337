import { Type as T, type Static } from "@sinclair/typebox";
import { PluginShareDiscoverability, PluginShareTarget } from "../plugins.ts";
import { Nullable, OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  {
    pluginPath: AbsolutePathBuf,
    remotePluginId: OptionalNull(T.String()),
    discoverability: OptionalNull(PluginShareDiscoverability),
    shareTargets: OptionalNull(T.Array(PluginShareTarget)),
  },
  { title: "PluginShareSaveParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { remotePluginId: T.String(), shareUrl: T.String(), canPublishToWorkspace: Nullable(T.Boolean()) },
  { title: "PluginShareSaveResponse" },
);
export type Result = Static<typeof Result>;
