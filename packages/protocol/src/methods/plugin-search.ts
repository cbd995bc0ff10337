import { Type as T, type Static } from "@sinclair/typebox";
import { PluginSummary } from "../plugins.ts";
import { Nullable, OptionalNull, Uint32, Words } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const PluginSearchScope = Words(["global", "workspace", "personal"], { title: "PluginSearchScope" });
export type PluginSearchScope = Static<typeof PluginSearchScope>;

export const Params = T.Object(
  {
    searchTerm: T.String(),
    scope: OptionalNull(PluginSearchScope),
    cwds: OptionalNull(T.Array(AbsolutePathBuf)),
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
  },
  { title: "PluginSearchParams" },
);
export type Params = Static<typeof Params>;

export const PluginSearchResult = T.Object(
  { plugin: PluginSummary, marketplaceName: T.String(), marketplacePath: Nullable(AbsolutePathBuf) },
  { title: "PluginSearchResult" },
);
export type PluginSearchResult = Static<typeof PluginSearchResult>;

export const Result = T.Object(
  { data: T.Array(PluginSearchResult), nextCursor: Nullable(T.String()) },
  { title: "PluginSearchResponse" },
);
export type Result = Static<typeof Result>;
