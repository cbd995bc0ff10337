/**
 * What a glob fits below a folder, files and folders, absolute; names that begin with a dot too, links not followed. `depth` bounds
 * how many folders deep; nothing where there is no folder.
 */
export function expandGlob(folder: string, glob: string, depth: number | undefined): string[] {
  try {
    const found = new Bun.Glob(glob).scanSync({ cwd: folder, dot: true, onlyFiles: false, absolute: true });
    const most = depth === undefined ? Infinity : folderCount(folder) + depth;
    return [...found].filter((path) => folderCount(path) <= most);
  } catch {
    return [];
  }
}

const folderCount = (path: string): number => path.split("/").filter((name) => name !== "").length;
