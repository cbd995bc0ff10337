import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";

export const Params = T.Object(
  { remoteMarketplaceName: T.String(), remotePluginId: T.String(), skillName: T.String() },
  { title: "PluginSkillReadParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ contents: Nullable(T.String()) }, { title: "PluginSkillReadResponse" });
export type Result = Static<typeof Result>;
