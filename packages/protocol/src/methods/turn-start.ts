import { Type as T, type Static } from "@sinclair/typebox";
import { UserInput } from "../items.ts";
import { ApprovalsReviewer, AskForApproval, SandboxPolicy, Turn } from "../thread.ts";
import { OptionalNull } from "./thread-settings.ts";

/** While a turn is active this steers it: the answer then holds the active turn. Overrides stay for later turns, but `outputSchema`. */
export const Params = T.Object({
  threadId: T.String(),
  input: T.Array(UserInput),
  clientUserMessageId: OptionalNull(T.String()),
  /** Who caused the turn; "user" where absent. */
  turnTrigger: OptionalNull(T.String()),
  cwd: OptionalNull(T.String()),
  approvalPolicy: OptionalNull(AskForApproval),
  approvalsReviewer: OptionalNull(ApprovalsReviewer),
  sandboxPolicy: OptionalNull(SandboxPolicy),
  model: OptionalNull(T.String()),
  serviceTier: OptionalNull(T.String()),
  effort: OptionalNull(T.String()),
  summary: OptionalNull(T.String()),
  outputSchema: T.Optional(T.Unknown()),
});
export type Params = Static<typeof Params>;

export const Result = T.Object({ turn: Turn });
export type Result = Static<typeof Result>;
