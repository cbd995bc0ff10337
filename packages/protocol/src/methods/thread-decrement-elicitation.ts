import { Type as T, type Static } from "@sinclair/typebox";
import { BigInt64 } from "../schema.ts";

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadDecrementElicitationParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { count: BigInt64, paused: T.Boolean() },
  { title: "ThreadDecrementElicitationResponse" },
);
export type Result = Static<typeof Result>;
