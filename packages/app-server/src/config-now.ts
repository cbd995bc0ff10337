import type { Engine } from "@codex/core/engine";
import type { LoadedConfig } from "@codex/config/load-config";
import { fail } from "@codex/protocol/errors";
import { err, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";

/** The settings as they hold in a folder right now. A config that cannot be read is an internal error, as the original has it. */
export async function configNow(
  { engine }: { readonly engine: Engine },
  cwd?: string | null,
): Promise<Result<LoadedConfig>> {
  const loaded = await engine.host.loadConfig(resolve(engine.host.cwd, cwd ?? "."), {});
  return loaded.ok ? loaded : err(fail("configUnreadable", loaded.error.message));
}
