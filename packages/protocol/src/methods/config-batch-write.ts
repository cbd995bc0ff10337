import { Type as T, type Static } from "@sinclair/typebox";
import { ConfigWriteResponse, MergeStrategy } from "../config-layers.ts";
import { OptionalNull } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const ConfigEdit = T.Object(
  { keyPath: T.String(), value: JsonValue, mergeStrategy: MergeStrategy },
  { title: "ConfigEdit" },
);
export type ConfigEdit = Static<typeof ConfigEdit>;

export const Params = T.Object(
  {
    edits: T.Array(ConfigEdit),
    filePath: OptionalNull(T.String()),
    expectedVersion: OptionalNull(T.String()),
    reloadUserConfig: T.Optional(T.Boolean()),
  },
  { title: "ConfigBatchWriteParams" },
);
export type Params = Static<typeof Params>;

export const Result = ConfigWriteResponse;
export type Result = Static<typeof Result>;
