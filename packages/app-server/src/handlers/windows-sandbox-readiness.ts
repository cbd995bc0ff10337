import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** There is no sandbox on Windows yet; elsewhere there is nothing to set up. */
export const windowsSandboxReadiness: Handler<"windowsSandbox/readiness"> = async () => ok({ status: "notConfigured" });
