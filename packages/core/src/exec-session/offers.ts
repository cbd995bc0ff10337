import type { ToolContext } from "../tools/define-tool.ts";
import type { Grantable, MissingGrant } from "./missing-grant.ts";

/** What a turn can offer to a command that its sandbox has stopped. */
export type Offers = {
  /** What may still be granted to a command that has got so much. */
  grantable(granted: readonly MissingGrant[]): Grantable;
  /** The turn's sandbox with exactly that added; undefined where an administrator does not allow it. */
  widened(granted: readonly MissingGrant[]): Widened | undefined;
  /** Keeps it for the session. */
  keep(grant: MissingGrant): void;
};

export type Widened = Pick<ToolContext, "sandboxPolicy" | "fileRules">;
