import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, ThreadOpened, ThreadOverrides } from "./thread-settings.ts";

export const Params = T.Object({
  threadId: T.String(),
  ...ThreadOverrides,
  ephemeral: T.Optional(T.Boolean()),
  excludeTurns: T.Optional(T.Boolean()),
  threadSource: OptionalNull(T.String()),
});
export type Params = Static<typeof Params>;

export const Result = ThreadOpened;
export type Result = ThreadOpened;
