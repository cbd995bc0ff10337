import type { BackendFailure } from "@codex/auth/backend/open-backend";
import { stdio } from "@codex/platform/stdio";
import { describeFailure } from "@codex/auth/backend/describe-failure";

/** Says why a command of the cloud ends; its exit code. */
export function endCommand(why: BackendFailure | string): number {
  const sentence = typeof why === "string" ? why : describeFailure(why);
  stdio.err(`Error: ${sentence}\n`);
  return 1;
}
