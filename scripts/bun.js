// Runs the pinned Bun under plain Node: `node scripts/bun.js ARGS…`. npm may have been told not to run install scripts,
// in which case node_modules/bun/bin holds a placeholder and the platform package is used directly.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The path of a Bun that runs on this machine, or undefined where `npm ci` has not brought one. */
export function findBun() {
  const modules = join(root, "node_modules");
  const scope = join(modules, "@oven");
  const platform = existsSync(scope)
    ? readdirSync(scope).filter((name) => name.startsWith(`bun-${process.platform}`))
    : [];
  // Plain builds first: the baseline ones (for old processors) are slower.
  platform.sort((a, b) => a.length - b.length);
  const candidates = [
    // npm's install script moves the program here
    join(modules, "bun", "bin", "bun.exe"),
    // where the script was blocked it is still in the platform package
    ...platform.flatMap((name) => ["bun", "bun.exe"].map((file) => join(scope, name, "bin", file))),
  ];
  return candidates.find((file) => existsSync(file) && spawnSync(file, ["--version"]).status === 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bun = findBun();
  if (!bun) {
    console.error(`No Bun for ${process.platform}-${process.arch} in node_modules. Run \`npm ci\` first.`);
    process.exit(1);
  }
  const result = spawnSync(bun, process.argv.slice(2), {
    stdio: "inherit",
    env: { ...process.env, CODEX_WORKSPACE_BUN: bun },
  });
  process.exit(result.status ?? 1);
}
