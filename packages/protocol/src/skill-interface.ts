import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient, Nullable } from "./schema.ts";
import { AbsolutePathBuf } from "./values.ts";

export const SkillInterface = T.Object(
  {
    displayName: Lenient(T.String()),
    shortDescription: Lenient(T.String()),
    iconSmall: Lenient(AbsolutePathBuf),
    iconLarge: Lenient(AbsolutePathBuf),
    iconSmallUrl: Nullable(T.String()),
    iconLargeUrl: Nullable(T.String()),
    brandColor: Lenient(T.String()),
    defaultPrompt: Lenient(T.String()),
  },
  { title: "SkillInterface" },
);
export type SkillInterface = Static<typeof SkillInterface>;
