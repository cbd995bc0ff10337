import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** Apps are of the hosted service, which this version does not speak to. */
export const appInstalled: Handler<"app/installed"> = async () => ok({ apps: [] });
