import { describeRequirements } from "@codex/config/describe-requirements";
import type { MethodResult } from "@codex/protocol/methods";
import { ok } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";

export const configRequirementsRead: Handler<"configRequirements/read"> = async (_params, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  // The administrator's file was validated when it was read.
  const requirements = describeRequirements(loaded.value.requirements);
  return ok({ supportsIndependentSpeedModes: true, requirements } as MethodResult<"configRequirements/read">);
};
