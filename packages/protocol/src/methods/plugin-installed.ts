import { Type as T, type Static } from "@sinclair/typebox";
import { MarketplaceLoadErrorInfo, PluginMarketplaceEntry } from "../plugins.ts";
import { Defaulted, OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  { cwds: OptionalNull(T.Array(AbsolutePathBuf)), installSuggestionPluginNames: OptionalNull(T.Array(T.String())) },
  { title: "PluginInstalledParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    marketplaces: T.Array(PluginMarketplaceEntry),
    marketplaceLoadErrors: Defaulted(T.Array(MarketplaceLoadErrorInfo), []),
  },
  { title: "PluginInstalledResponse" },
);
export type Result = Static<typeof Result>;
