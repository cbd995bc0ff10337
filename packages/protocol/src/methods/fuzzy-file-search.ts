import { Type as T, type Static } from "@sinclair/typebox";
import { FuzzyFileSearchResult } from "../fuzzy-files.ts";
import { Nullable } from "../schema.ts";

export const Params = T.Object(
  { query: T.String(), roots: T.Array(T.String()), cancellationToken: Nullable(T.String()) },
  { title: "FuzzyFileSearchParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ files: T.Array(FuzzyFileSearchResult) }, { title: "FuzzyFileSearchResponse" });
export type Result = Static<typeof Result>;
