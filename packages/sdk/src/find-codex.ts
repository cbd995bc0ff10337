import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CodexError } from "./codex-error.ts";

const fileName = process.platform === "win32" ? "codex.exe" : "codex";

/** What `npm run build` makes in the checkout that this file, built or not, is part of. */
const builtBeside = fileURLToPath(new URL(`../../../dist/${fileName}`, import.meta.url));

/**
 * The program to run: the override, `CODEX_PATH`, the checkout's own build, the first `codex` on the PATH. The first two are
 * taken as they are, so that a wrong path is an error and never another program.
 */
export function findCodex(override: string | undefined, env: Readonly<Record<string, string>>): string {
  const named = override ?? env["CODEX_PATH"];
  if (named) return named;
  const found = [builtBeside, ...searchPath(env)].find(isProgram);
  if (found !== undefined) return found;
  throw new CodexError(
    "not_found",
    "There is no codex on the PATH: install it, or name the program with codexPathOverride or CODEX_PATH.",
  );
}

const searchPath = (env: Readonly<Record<string, string>>): string[] =>
  // Windows calls it `Path`.
  (env["PATH"] ?? env["Path"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, fileName));

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
