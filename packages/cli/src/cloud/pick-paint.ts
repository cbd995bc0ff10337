import type { Environment } from "@codex/platform/env";
import { stdio } from "@codex/platform/stdio";
import { colorPaint, plainPaint, type Paint } from "./show-task.ts";

/** Colours for a person at a terminal who has not turned them off. */
export const pickPaint = (env: Environment): Paint =>
  stdio.isTerminal("out") && !env.NO_COLOR && env.TERM !== "dumb" ? colorPaint : plainPaint;
