import { Type as T, type Static } from "@sinclair/typebox";
import { ConfigWriteResponse, MergeStrategy } from "../config-layers.ts";
import { OptionalNull } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const Params = T.Object(
  {
    keyPath: T.String(),
    value: JsonValue,
    mergeStrategy: MergeStrategy,
    filePath: OptionalNull(T.String()),
    expectedVersion: OptionalNull(T.String()),
  },
  { title: "ConfigValueWriteParams" },
);
export type Params = Static<typeof Params>;

export const Result = ConfigWriteResponse;
export type Result = Static<typeof Result>;
