import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const MarketplaceUpgradeErrorInfo = T.Object(
  { marketplaceName: T.String(), message: T.String() },
  { title: "MarketplaceUpgradeErrorInfo" },
);
export type MarketplaceUpgradeErrorInfo = Static<typeof MarketplaceUpgradeErrorInfo>;

export const Params = T.Object({ marketplaceName: OptionalNull(T.String()) }, { title: "MarketplaceUpgradeParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    selectedMarketplaces: T.Array(T.String()),
    upgradedRoots: T.Array(AbsolutePathBuf),
    errors: T.Array(MarketplaceUpgradeErrorInfo),
  },
  { title: "MarketplaceUpgradeResponse" },
);
export type Result = Static<typeof Result>;
