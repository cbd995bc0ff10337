import { realPath } from "@codex/platform/read-file";
import { ok, type Result } from "@codex/protocol/result";
import { valueAt, type ConfigTable } from "./config-value.ts";
import { findGitFolder } from "./git-folder.ts";

export type TrustLevel = "trusted" | "untrusted";

/**
 * What the person said of a folder: of itself, of its project, or, for a linked worktree, of the main checkout.
 * Undefined: nothing yet. `user` is the user's own config.toml and nothing else, since a repository must not speak
 * for itself; folders are compared by their canonical path, whole, never by prefix.
 */
export function trustOf(folder: string, projectRoot: string, user: ConfigTable): TrustLevel | undefined {
  const said = levelOf(folder, user) ?? levelOf(projectRoot, user);
  if (said !== undefined) return said;
  const main = findGitFolder(projectRoot)?.mainRoot;
  return main === undefined ? undefined : levelOf(main, user);
}

function levelOf(folder: string, user: ConfigTable): TrustLevel | undefined {
  const level = valueAt(user, ["projects", realPath(folder) ?? folder, "trust_level"]);
  return level === "trusted" || level === "untrusted" ? level : undefined;
}

/** Writes down what the person said of a project, in `userFile`. Only ever after they said it. */
export async function saveTrust(userFile: string, projectRoot: string, level: TrustLevel): Promise<Result<void>> {
  const { editConfigFile } = await import("./edit-config-file.ts");
  const path = ["projects", realPath(projectRoot) ?? projectRoot, "trust_level"];
  const saved = await editConfigFile(userFile, [{ path, value: level }]);
  return saved.ok ? ok(undefined) : saved;
}
