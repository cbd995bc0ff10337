import { readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";

/** Everything below a folder that bears one of the names, not looking into such, nor behind links. */
export function findNamed(folder: string, names: readonly string[]): string[] {
  const found: string[] = [];
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of entriesOf(at)) {
      const path = join(at, entry.name);
      if (names.includes(entry.name)) found.push(path);
      else if (entry.isDirectory()) waiting.push(path);
    }
  }
  return found;
}

/** What may not be looked into holds nothing that a command with our rights could change. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
