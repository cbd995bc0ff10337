import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** Source of the presets: the original 0.169.0. */
export const collaborationModeList: Handler<"collaborationMode/list"> = async () =>
  ok({
    data: [
      { name: "Plan", mode: "plan", model: null, reasoning_effort: "medium" },
      { name: "Default", mode: "default", model: null, reasoning_effort: null },
    ],
  });
