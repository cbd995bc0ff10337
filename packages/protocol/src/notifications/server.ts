import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient, Nullable, Uint } from "../schema.ts";
import { TurnError } from "../thread.ts";
import { RequestId } from "../values.ts";

export const TextPosition = T.Object({ line: Uint, column: Uint }, { title: "TextPosition" });
export type TextPosition = Static<typeof TextPosition>;

export const TextRange = T.Object({ start: TextPosition, end: TextPosition }, { title: "TextRange" });
export type TextRange = Static<typeof TextRange>;

export const ConfigWarningNotification = T.Object(
  { summary: T.String(), details: Nullable(T.String()), path: Lenient(T.String()), range: Lenient(TextRange) },
  { title: "ConfigWarningNotification" },
);
export type ConfigWarningNotification = Static<typeof ConfigWarningNotification>;

export const DeprecationNoticeNotification = T.Object(
  { summary: T.String(), details: Nullable(T.String()) },
  { title: "DeprecationNoticeNotification" },
);
export type DeprecationNoticeNotification = Static<typeof DeprecationNoticeNotification>;

export const ErrorNotification = T.Object(
  {
    error: TurnError,
    willRetry: T.Boolean(),
    threadId: T.String(),
    turnId: T.String(),
    /** Ours: the items that were cut, in whose place the next attempt puts new ones. */
    replacedItemIds: T.Optional(T.Array(T.String())),
  },
  { title: "ErrorNotification" },
);
export type ErrorNotification = Static<typeof ErrorNotification>;

export const ServerRequestResolvedNotification = T.Object(
  { threadId: T.String(), requestId: RequestId },
  { title: "ServerRequestResolvedNotification" },
);
export type ServerRequestResolvedNotification = Static<typeof ServerRequestResolvedNotification>;

export const WarningNotification = T.Object(
  { threadId: Nullable(T.String()), message: T.String() },
  { title: "WarningNotification" },
);
export type WarningNotification = Static<typeof WarningNotification>;
