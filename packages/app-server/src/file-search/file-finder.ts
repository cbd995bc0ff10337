import type { EngineHost } from "@codex/core/engine-host";
import { findProgram } from "@codex/platform/find-program";
import { pathKind } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import type { FileFinder } from "./search-roots.ts";

/** The ripgrep that comes with this program, or else the person's own. */
export function fileFinder({ env, cwd, commands }: EngineHost): Result<FileFinder> {
  const own = commands.toolFolder === undefined ? undefined : join(commands.toolFolder, "rg");
  const rg = own !== undefined && pathKind(own) === "file" ? own : findProgram("rg", env.PATH ?? "", cwd);
  if (rg === undefined)
    return err(fail("searchNotStarted", "there is no `rg` (ripgrep); install it, or reinstall Codex"));
  return ok({ rg, env, cwd });
}
