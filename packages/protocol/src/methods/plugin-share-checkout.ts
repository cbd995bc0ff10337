import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object({ remotePluginId: T.String() }, { title: "PluginShareCheckoutParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    remotePluginId: T.String(),
    pluginId: T.String(),
    pluginName: T.String(),
    pluginPath: AbsolutePathBuf,
    marketplaceName: T.String(),
    marketplacePath: AbsolutePathBuf,
    remoteVersion: Nullable(T.String()),
  },
  { title: "PluginShareCheckoutResponse" },
);
export type Result = Static<typeof Result>;
