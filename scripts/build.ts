/**
 * Makes `dist/`: the single executable `codex`, and ripgrep in `codex-path/` beside it (it goes on the commands' PATH); and
 * `codex-responses-api-proxy`, which needs neither.
 * The library becomes JavaScript and its types in `packages/sdk/dist/`.
 *
 * `--no-compile-autoload-dotenv` and `--no-compile-autoload-bunfig`: without them a `.env` or `bunfig.toml` in the user's
 * folder acts before our first line. `--splitting` keeps an `await import()` that is not taken free of cost.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

const root = join(import.meta.dir, "..");
const dist = join(root, "dist");

function compile(entry: string, outfile: string): void {
  const result = Bun.spawnSync(
    [
      process.execPath,
      "build",
      entry,
      "--compile",
      "--splitting",
      "--bytecode",
      "--format=esm",
      "--minify",
      "--no-compile-autoload-dotenv",
      "--no-compile-autoload-bunfig",
      `--outfile=${outfile}`,
    ],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  if (!result.success) throw new Error(`bun build failed:\n${result.stderr.toString()}${result.stdout.toString()}`);
}

function copyRipgrep(): void {
  const require = createRequire(import.meta.url);
  const { rgPath } = require("@vscode/ripgrep") as { rgPath: string };
  mkdirSync(join(dist, "codex-path"), { recursive: true });
  const target = join(dist, "codex-path", process.platform === "win32" ? "rg.exe" : "rg");
  if (existsSync(target) && statSync(target).size === statSync(rgPath).size) return;
  copyFileSync(rgPath, target);
  chmodSync(target, 0o755);
}

function compileSdk(): void {
  const tsc = join(root, "node_modules", ".bin", "tsc");
  const result = Bun.spawnSync([tsc, "-p", join(root, "packages", "sdk")], { stdio: ["ignore", "pipe", "inherit"] });
  if (!result.success) throw new Error(`The library cannot be compiled:\n${result.stdout.toString()}`);
}

/** Made beside and moved into place, so that a program that runs from there meanwhile is not torn. Gives its path. */
function compileTo(name: string, ...entry: string[]): string {
  const made = join(dist, `.${name}-${process.pid}`);
  compile(join(root, "packages", ...entry), made);
  renameSync(made, join(dist, name));
  return join(dist, name);
}

const sizeOf = (path: string): string => `${relative(root, path)}: ${(statSync(path).size / 1e6).toFixed(0)} MB`;

export function build(): void {
  mkdirSync(dist, { recursive: true });
  const codex = compileTo("codex", "cli", "src", "main.ts");
  const proxy = compileTo("codex-responses-api-proxy", "responses-api-proxy", "src", "main.ts");
  copyRipgrep();
  compileSdk();
  console.log([codex, proxy].map(sizeOf).join("\n"));
}

if (import.meta.main) build();
