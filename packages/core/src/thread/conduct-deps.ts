import type { Clock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import type { ToolKit } from "../tools/tool-kit.ts";
import type { Journal } from "./journal.ts";
import type { Sampler } from "./sampler.ts";

/** What a turn is conducted with, the same for all turns of a thread. */
export type ConductDeps = {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly codexHome: string;
  readonly env: Environment;
  /** Absolute path of the user's shell. */
  readonly shell: string;
  readonly sampler: Sampler;
  readonly tools: ToolKit;
};
