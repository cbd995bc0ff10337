import { existsSync, lstatSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export type Program = {
  readonly name: "ours" | "original";
  readonly path: string;
  /** Bytes of what an installation puts on the disk. */
  readonly installed: number;
};

const root = join(import.meta.dir, "..", "..");

export function ourProgram(): Program {
  const path = process.env["CODEX_TEST_BINARY"] || join(root, "dist", "codex");
  if (!existsSync(path)) throw new Error("There is no dist/codex: run `npm run build`.");
  const parts = [path, join(root, "dist", "codex-path"), join(root, "bin")];
  return { name: "ours", path, installed: parts.reduce((sum, part) => sum + bytesOf(part), 0) };
}

/** The original where `scripts/original.sh` has installed it; it is not fetched for a measurement. */
export function originalProgram(): Program | undefined {
  const version = process.env["CODEX_ORIGINAL_VERSION"] || "0.169.0";
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const packages = join(cache, "codex-original", version, "node_modules", "@openai");
  const [program] = existsSync(packages)
    ? new Bun.Glob("codex-*/vendor/*/bin/codex").scanSync({ cwd: packages, absolute: true })
    : [];
  return program === undefined ? undefined : { name: "original", path: program, installed: bytesOf(packages) };
}

function bytesOf(path: string): number {
  if (!lstatSync(path).isDirectory()) return lstatSync(path).size;
  const files = [...new Bun.Glob("**/*").scanSync({ cwd: path, absolute: true, dot: true })];
  return files.reduce((sum, file) => sum + lstatSync(file).size, 0);
}
