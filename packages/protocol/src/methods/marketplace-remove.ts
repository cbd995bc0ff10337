import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object({ marketplaceName: T.String() }, { title: "MarketplaceRemoveParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { marketplaceName: T.String(), installedRoot: Nullable(AbsolutePathBuf) },
  { title: "MarketplaceRemoveResponse" },
);
export type Result = Static<typeof Result>;
