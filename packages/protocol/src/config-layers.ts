import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Words } from "./schema.ts";
import { AbsolutePathBuf, JsonValue } from "./values.ts";

export const ConfigLayerSource = T.Union(
  [
    T.Object({ type: T.Literal("packagedDefaults"), file: AbsolutePathBuf }),
    T.Object({ type: T.Literal("mdm"), domain: T.String(), key: T.String() }),
    T.Object({ type: T.Literal("system"), file: AbsolutePathBuf }),
    T.Object({ type: T.Literal("enterpriseManaged"), id: T.String(), name: T.String() }),
    T.Object({ type: T.Literal("user"), file: AbsolutePathBuf, profile: Nullable(T.String()) }),
    T.Object({ type: T.Literal("project"), dotCodexFolder: AbsolutePathBuf }),
    T.Object({ type: T.Literal("sessionFlags") }),
    T.Object({ type: T.Literal("legacyManagedConfigTomlFromFile"), file: AbsolutePathBuf }),
    T.Object({ type: T.Literal("legacyManagedConfigTomlFromMdm") }),
  ],
  { title: "ConfigLayerSource" },
);
export type ConfigLayerSource = Static<typeof ConfigLayerSource>;

export const ConfigLayerMetadata = T.Object(
  { name: ConfigLayerSource, version: T.String() },
  { title: "ConfigLayerMetadata" },
);
export type ConfigLayerMetadata = Static<typeof ConfigLayerMetadata>;

export const WriteStatus = Words(["ok", "okOverridden"], { title: "WriteStatus" });
export type WriteStatus = Static<typeof WriteStatus>;

export const OverriddenMetadata = T.Object(
  { message: T.String(), overridingLayer: ConfigLayerMetadata, effectiveValue: JsonValue },
  { title: "OverriddenMetadata" },
);
export type OverriddenMetadata = Static<typeof OverriddenMetadata>;

export const ConfigWriteResponse = T.Object(
  {
    status: WriteStatus,
    version: T.String(),
    filePath: AbsolutePathBuf,
    overriddenMetadata: Nullable(OverriddenMetadata),
  },
  { title: "ConfigWriteResponse" },
);
export type ConfigWriteResponse = Static<typeof ConfigWriteResponse>;

export const MergeStrategy = Words(["replace", "upsert"], { title: "MergeStrategy" });
export type MergeStrategy = Static<typeof MergeStrategy>;
