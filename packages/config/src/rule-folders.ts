import { realPath } from "@codex/platform/read-file";
import { join } from "node:path";
import { projectTrust, type Project } from "./project-layers.ts";
import type { ManagedRule } from "./managed-rules.ts";
import { foldersBetween } from "./project-root.ts";

/** The folders with files of rules for commands: the machine's and those of the project that are trusted; the user's. */
export type RuleFolders = {
  readonly fixed: readonly string[];
  /** Undefined where the user's and the project's rules are left out (`--ignore-rules`). */
  readonly own: string | undefined;
  /** The administrator's, which nothing leaves out. */
  readonly managed: readonly ManagedRule[];
};

export function ruleFolders(
  project: Project,
  systemDir: string,
  { ignored, managed }: { ignored: boolean; managed: readonly ManagedRule[] },
): RuleFolders {
  const system = join(systemDir, "rules");
  if (ignored) return { fixed: [system], own: undefined, managed };
  const own = join(project.codexHome, "rules");
  const trusted = foldersBetween(project.root, project.cwd)
    .filter((folder) => projectTrust(folder, project) === "trusted")
    .map((folder) => join(folder, ".codex", "rules"))
    // In the home folder `~/.codex` is the user's own. A folder that cannot be looked at stays: it may hold rules.
    .filter((folder) => (realPath(folder) ?? "") !== realPath(own));
  return { fixed: [system, ...trusted], own, managed };
}
