import { homeFolder, type Environment } from "@codex/platform/env";
import { isSymlink, pathKind, readText, realPath } from "@codex/platform/read-file";
import { makePrivateFolder } from "@codex/platform/write-atomic";
import { err, ok, type Result } from "@codex/protocol/result";
import { join, resolve } from "node:path";
import { configError } from "./config-problem.ts";

/**
 * The folder that holds settings, credentials and sessions, canonical. Without CODEX_HOME it is `~/.codex`, made for
 * its owner alone when missing; a folder that was named must exist, since a typing slip should not start a second home.
 */
export function codexHome(env: Environment): Result<string> {
  const named = env.CODEX_HOME;
  const path = named === undefined || named === "" ? join(homeFolder(env), ".codex") : resolve(named);
  const kind = pathKind(path);
  if (kind === "absent") return named ? refuseMissing(path) : makeHome(path);
  if (kind !== "directory") return err(configError(`Error finding codex home: ${path} is not a directory.`));
  return readable(path);
}

function refuseMissing(path: string): Result<never> {
  if (isSymlink(path))
    return err(configError(`Error finding codex home: ${path} is a symbolic link that leads nowhere.`));
  return err(
    configError(
      `Error finding codex home: CODEX_HOME is ${path}, which does not exist; create it or unset CODEX_HOME.`,
    ),
  );
}

function makeHome(path: string): Result<string> {
  const made = makePrivateFolder(path);
  return made.ok
    ? ok(realPath(path) ?? path)
    : err(configError(`Error finding codex home: cannot create ${path}: ${made.error.reason}.`));
}

/** A folder without search permission would show only as missing files later, and settings would seem to be ignored. */
function readable(path: string): Result<string> {
  const probe = readText(join(path, "config.toml"));
  if (!probe.ok && probe.error.reason === "permission denied") {
    return err(configError(`Error finding codex home: cannot read ${path}: ${probe.error.reason}.`));
  }
  return ok(realPath(path) ?? path);
}
