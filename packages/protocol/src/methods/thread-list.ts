import { Type as T, type Static } from "@sinclair/typebox";
import { Thread } from "../thread.ts";
import { OptionalNull } from "./thread-settings.ts";

/** The filters that resuming by name and by `--last` need; newest first. */
export const Params = T.Object({
  cursor: OptionalNull(T.String()),
  limit: OptionalNull(T.Integer({ minimum: 1 })),
  archived: OptionalNull(T.Boolean()),
  cwd: OptionalNull(T.Union([T.String(), T.Array(T.String())])),
  /** Part of the name or of the first user message. */
  searchTerm: OptionalNull(T.String()),
});
export type Params = Static<typeof Params>;

export const Result = T.Object({
  data: T.Array(Thread),
  readStates: T.Array(T.Unknown()),
  nextCursor: T.Union([T.String(), T.Null()]),
  backwardsCursor: T.Union([T.String(), T.Null()]),
});
export type Result = Static<typeof Result>;
