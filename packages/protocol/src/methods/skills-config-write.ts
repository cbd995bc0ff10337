import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  { path: OptionalNull(AbsolutePathBuf), name: OptionalNull(T.String()), enabled: T.Boolean() },
  { title: "SkillsConfigWriteParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ effectiveEnabled: T.Boolean() }, { title: "SkillsConfigWriteResponse" });
export type Result = Static<typeof Result>;
