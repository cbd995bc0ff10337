import { Type as T, type Static } from "@sinclair/typebox";
import { NoParams } from "../schema.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "RolloutCompressResponse" });
export type Result = Static<typeof Result>;
