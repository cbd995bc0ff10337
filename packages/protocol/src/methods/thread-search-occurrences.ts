import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";

export const ThreadSearchTextRange = T.Object({ start: Uint32, end: Uint32 }, { title: "ThreadSearchTextRange" });
export type ThreadSearchTextRange = Static<typeof ThreadSearchTextRange>;

export const ThreadSearchOccurrence = T.Object(
  {
    turnId: T.String(),
    itemId: T.String(),
    snippet: T.String(),
    snippetMatchRange: ThreadSearchTextRange,
    turnCursor: T.String(),
  },
  { title: "ThreadSearchOccurrence" },
);
export type ThreadSearchOccurrence = Static<typeof ThreadSearchOccurrence>;

export const Params = T.Object(
  { threadId: T.String(), searchTerm: T.String(), cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32) },
  { title: "ThreadSearchOccurrencesParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ThreadSearchOccurrence), nextCursor: Nullable(T.String()) },
  { title: "ThreadSearchOccurrencesResponse" },
);
export type Result = Static<typeof Result>;
