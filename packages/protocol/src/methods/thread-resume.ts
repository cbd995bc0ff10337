import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadOpened, ThreadOverrides } from "./thread-settings.ts";

export const Params = T.Object({
  threadId: T.String(),
  ...ThreadOverrides,
  excludeTurns: T.Optional(T.Boolean()),
});
export type Params = Static<typeof Params>;

export const Result = ThreadOpened;
export type Result = ThreadOpened;
