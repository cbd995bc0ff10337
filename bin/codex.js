#!/usr/bin/env node
// Starts dist/codex under plain Node: npm's `bin`, and what SDKs look for.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, "dist", process.platform === "win32" ? "codex.exe" : "codex");
if (!existsSync(program)) {
  console.error(`${program} is missing. Run \`npm run build\` first.`);
  process.exit(1);
}

// BUN_OPTIONS and BUN_BE_BUN would act on the compiled program before its first line.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("BUN_")));
const child = spawn(program, process.argv.slice(2), { stdio: "inherit", env });

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`Cannot start ${program}: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  for (const name of signals) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
