import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, ThreadOpened, ThreadOverrides } from "./thread-settings.ts";

export const Params = T.Object({
  ...ThreadOverrides,
  ephemeral: OptionalNull(T.Boolean()),
  serviceName: OptionalNull(T.String()),
  sessionStartSource: OptionalNull(T.String()),
  /** Who asked for the thread; "user" where absent. */
  threadSource: OptionalNull(T.String()),
});
export type Params = Static<typeof Params>;

export const Result = ThreadOpened;
export type Result = ThreadOpened;
