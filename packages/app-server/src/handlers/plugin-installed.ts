import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** This version loads no plugins. */
export const pluginInstalled: Handler<"plugin/installed"> = async () =>
  ok({ marketplaces: [], marketplaceLoadErrors: [] });
