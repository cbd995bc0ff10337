import { Type as T, type Static } from "@sinclair/typebox";
import { PluginShareDiscoverability, PluginSharePrincipal, PluginShareTarget } from "../plugins.ts";
import { Words } from "../schema.ts";

export const PluginShareUpdateDiscoverability = Words(["UNLISTED", "PRIVATE", "LISTED"], {
  title: "PluginShareUpdateDiscoverability",
});
export type PluginShareUpdateDiscoverability = Static<typeof PluginShareUpdateDiscoverability>;

export const Params = T.Object(
  {
    remotePluginId: T.String(),
    discoverability: PluginShareUpdateDiscoverability,
    shareTargets: T.Array(PluginShareTarget),
  },
  { title: "PluginShareUpdateTargetsParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { principals: T.Array(PluginSharePrincipal), discoverability: PluginShareDiscoverability },
  { title: "PluginShareUpdateTargetsResponse" },
);
export type Result = Static<typeof Result>;
