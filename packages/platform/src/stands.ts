import { pathKind } from "./read-file.ts";
import { listFolder } from "./list-folder.ts";

/**
 * Whether something is there that can mark a folder. An empty folder is not: sandboxes put such in place of names that must not
 * come into being (`/tmp/.git`), and nobody's project begins there.
 */
export function stands(path: string): boolean {
  const kind = pathKind(path);
  return kind !== "absent" && (kind !== "directory" || listFolder(path).length > 0);
}
