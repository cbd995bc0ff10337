import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "./schema.ts";
import { AbsolutePathBuf } from "./values.ts";

export const SkillInterface = T.Object(
  {
    displayName: T.Optional(T.String()),
    shortDescription: T.Optional(T.String()),
    iconSmall: T.Optional(AbsolutePathBuf),
    iconLarge: T.Optional(AbsolutePathBuf),
    iconSmallUrl: Nullable(T.String()),
    iconLargeUrl: Nullable(T.String()),
    brandColor: T.Optional(T.String()),
    defaultPrompt: T.Optional(T.String()),
  },
  { title: "SkillInterface" },
);
export type SkillInterface = Static<typeof SkillInterface>;
