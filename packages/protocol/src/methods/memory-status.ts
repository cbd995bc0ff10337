import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, Uint32 } from "../schema.ts";

export const Params = T.Object({ minConsolidatedThreads: OptionalNull(Uint32) }, { title: "MemoryStatusParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { v2ConsolidatedThreads: Uint32, v2Ready: T.Boolean() },
  { title: "MemoryStatusResponse" },
);
export type Result = Static<typeof Result>;
