import { Type as T, type Static } from "@sinclair/typebox";
import { BigUint64, Double, Nullable, OptionalNull, Uint32 } from "../schema.ts";
import { LegacyAppPathString } from "../values.ts";

export const ThreadBackgroundTerminal = T.Object(
  {
    itemId: T.String(),
    processId: T.String(),
    command: T.String(),
    cwd: LegacyAppPathString,
    osPid: Nullable(Uint32),
    cpuPercent: Nullable(Double),
    rssKb: Nullable(BigUint64),
  },
  { title: "ThreadBackgroundTerminal" },
);
export type ThreadBackgroundTerminal = Static<typeof ThreadBackgroundTerminal>;

export const Params = T.Object(
  { threadId: T.String(), cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32) },
  { title: "ThreadBackgroundTerminalsListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ThreadBackgroundTerminal), nextCursor: Nullable(T.String()) },
  { title: "ThreadBackgroundTerminalsListResponse" },
);
export type Result = Static<typeof Result>;
