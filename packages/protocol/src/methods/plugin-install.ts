import { Type as T, type Static } from "@sinclair/typebox";
import { AppSummary, PluginAuthPolicy } from "../plugins.ts";
import { OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  {
    marketplacePath: OptionalNull(AbsolutePathBuf),
    remoteMarketplaceName: OptionalNull(T.String()),
    installAttemptId: OptionalNull(T.String()),
    pluginName: T.String(),
  },
  { title: "PluginInstallParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { authPolicy: PluginAuthPolicy, appsNeedingAuth: T.Array(AppSummary) },
  { title: "PluginInstallResponse" },
);
export type Result = Static<typeof Result>;
