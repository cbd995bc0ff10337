import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  { source: T.String(), refName: OptionalNull(T.String()), sparsePaths: OptionalNull(T.Array(T.String())) },
  { title: "MarketplaceAddParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { marketplaceName: T.String(), installedRoot: AbsolutePathBuf, alreadyAdded: T.Boolean() },
  { title: "MarketplaceAddResponse" },
);
export type Result = Static<typeof Result>;
