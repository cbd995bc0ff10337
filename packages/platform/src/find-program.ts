import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { realPath } from "./read-file.ts";

/**
 * Where a program is: by PATH, or relative to `cwd` if its name has a slash. Undefined where there is none that may be
 * executed. Folders in `path` that are not absolute count from `cwd`.
 */
export function findProgram(name: string, path: string, cwd: string): string | undefined {
  const candidates = name.includes("/")
    ? [resolve(cwd, name)]
    : path.split(":").map((folder) => join(resolve(cwd, folder), name));
  return candidates.find(isProgram);
}

/** As `findProgram`, but only in absolute folders of PATH, and never one that lies in `distrusted`, links followed. */
export function findTrustedProgram(name: string, path: string, distrusted: readonly string[]): string | undefined {
  const trusted = (file: string): boolean => {
    const real = realPath(file);
    return real !== undefined && !distrusted.some((root) => real === root || real.startsWith(join(root, "/")));
  };
  return path
    .split(":")
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find((file) => isProgram(file) && trusted(file));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
