import { Type as T, type Static } from "@sinclair/typebox";
import { MarketplaceLoadErrorInfo, PluginMarketplaceEntry } from "../plugins.ts";
import { Defaulted, OptionalNull, Words } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const PluginListMarketplaceKind = Words(
  ["local", "vertical", "workspace-directory", "shared-with-me", "created-by-me-remote"],
  { title: "PluginListMarketplaceKind" },
);
export type PluginListMarketplaceKind = Static<typeof PluginListMarketplaceKind>;

export const Params = T.Object(
  {
    cwds: OptionalNull(T.Array(AbsolutePathBuf)),
    marketplaceKinds: OptionalNull(T.Array(PluginListMarketplaceKind)),
    forceRefetch: T.Optional(T.Boolean()),
  },
  { title: "PluginListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    marketplaces: T.Array(PluginMarketplaceEntry),
    marketplaceLoadErrors: Defaulted(T.Array(MarketplaceLoadErrorInfo), []),
    featuredPluginIds: Defaulted(T.Array(T.String()), []),
  },
  { title: "PluginListResponse" },
);
export type Result = Static<typeof Result>;
