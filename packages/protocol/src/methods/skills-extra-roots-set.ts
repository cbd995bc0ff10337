import { Type as T, type Static } from "@sinclair/typebox";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object({ extraRoots: T.Array(AbsolutePathBuf) }, { title: "SkillsExtraRootsSetParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "SkillsExtraRootsSetResponse" });
export type Result = Static<typeof Result>;
