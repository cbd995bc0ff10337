import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Uint32, Words } from "./schema.ts";

export const FuzzyFileSearchMatchType = Words(["file", "directory"], { title: "FuzzyFileSearchMatchType" });
export type FuzzyFileSearchMatchType = Static<typeof FuzzyFileSearchMatchType>;

export const FuzzyFileSearchResult = T.Object(
  {
    root: T.String(),
    path: T.String(),
    match_type: FuzzyFileSearchMatchType,
    file_name: T.String(),
    score: Uint32,
    indices: Nullable(T.Array(Uint32)),
  },
  { title: "FuzzyFileSearchResult" },
);
export type FuzzyFileSearchResult = Static<typeof FuzzyFileSearchResult>;
