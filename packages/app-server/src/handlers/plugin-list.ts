import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** This version knows no marketplaces. */
export const pluginList: Handler<"plugin/list"> = async () =>
  ok({ marketplaces: [], marketplaceLoadErrors: [], featuredPluginIds: [] });
