import { userShell } from "@codex/core/exec-session/choose-shell";
import type { CommandWorld } from "@codex/core/tools/make-tool-kit";
import type { Environment } from "@codex/platform/env";
import { findProgram } from "@codex/platform/find-program";
import { pathKind } from "@codex/platform/read-file";
import { thisMachine } from "@codex/sandbox/machine";
import { makeLauncher } from "@codex/sandbox/make-launcher";
import type { RouteMemory } from "@codex/sandbox/route-memory";
import type { SandboxSettings } from "@codex/sandbox/settings";
import { dirname, join } from "node:path";
import { logRoutes } from "./log-routes.ts";
import { ownProgram } from "./own-program.ts";

/** How commands run on this machine, as this program finds it. */
export const commandWorld = (
  codexHome: string,
  env: Environment,
  settings: SandboxSettings | undefined,
  debug: (message: string) => void = () => undefined,
  memory?: RouteMemory,
): CommandWorld => ({
  launcher: logRoutes(
    makeLauncher({ machine: thisMachine, codexHome, env, inner: innerInvocation(), settings, memory }),
    debug,
  ),
  shell: { path: userShell(env.SHELL, (program) => findProgram(program, env.PATH ?? "", "/")) },
  toolFolder: toolFolder(),
});

/** The folder with `rg` that the build puts beside the program; undefined where it is not there. */
function toolFolder(): string | undefined {
  const folder = join(dirname(process.execPath), "codex-path");
  return pathKind(folder) === "directory" ? folder : undefined;
}

/** How this program starts itself as the sandbox's inner stage. */
const innerInvocation = (): string[] => [...ownProgram(), "--codex-inner-sandbox"];
