import type { LoadedConfig } from "@codex/config/load-config";
import { fail } from "@codex/protocol/errors";
import { err, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import type { AppServer } from "./server.ts";

/** The settings as they hold in a folder right now. A config that cannot be read is an internal error, as the original has it. */
export async function configNow(
  { engine }: Pick<AppServer, "engine">,
  cwd?: string | null,
): Promise<Result<LoadedConfig>> {
  const loaded = await engine.host.loadConfig(resolve(engine.host.cwd, cwd ?? "."), {});
  return loaded.ok ? loaded : err(fail("configUnreadable", loaded.error.message));
}
