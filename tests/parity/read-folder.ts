import { join } from "node:path";

/** The files below a folder, without its repository: text by path. What is no text reads as its length. */
export async function readFolder(folder: string): Promise<Record<string, string>> {
  const found = await Array.fromAsync(new Bun.Glob("**").scan({ cwd: folder, dot: true, onlyFiles: true }));
  const paths = found.filter((path) => !path.startsWith(".git/")).sort();
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readText(join(folder, path))])));
}

async function readText(path: string): Promise<string> {
  const bytes = await Bun.file(path).bytes();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return `(${bytes.length} bytes)`;
  }
}
