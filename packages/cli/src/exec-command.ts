import type { SessionChoice } from "@codex/exec/options";
import type { ExecFlags } from "./commands/exec-options.ts";

/** One `codex exec`, as its words were read. */
export type ExecCommand = {
  readonly session: SessionChoice;
  readonly prompt: string | undefined;
  readonly flags: ExecFlags;
};
