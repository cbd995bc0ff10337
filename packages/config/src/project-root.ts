import { stands } from "@codex/platform/stands";
import { dirname, join } from "node:path";

/** The folder and those above it, nearest first, up to the root of the disk. */
export function* ancestors(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (dirname(at) === at) return;
  }
}

/** The nearest folder, from `cwd` up, that holds one of the markers; `cwd` itself where none does. */
export function findProjectRoot(cwd: string, markers: readonly string[]): string {
  for (const folder of ancestors(cwd)) {
    if (markers.some((marker) => stands(join(folder, marker)))) return folder;
  }
  return cwd;
}

/** From the project's root down to `cwd`. */
export function foldersBetween(root: string, cwd: string): string[] {
  const found: string[] = [];
  for (const folder of ancestors(cwd)) {
    found.unshift(folder);
    if (folder === root) break;
  }
  return found;
}
