/** `npm run check`: format, lint, types, package boundaries, unused code. Runs all of them and fails if one fails. */
import { join } from "node:path";
import { findBoundaryBreaks } from "./boundaries.ts";

const root = join(import.meta.dir, "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

const commands: Record<string, string[]> = {
  format: [bin("oxfmt"), "--check", "."],
  lint: [bin("oxlint"), "--deny-warnings"],
  types: [bin("tsc"), "-p", "tsconfig.json", "--noEmit"],
  unused: [bin("knip")],
};

const failed: string[] = [];
for (const [name, argv] of Object.entries(commands)) {
  const { exitCode } = Bun.spawnSync(argv, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  console.log(`${exitCode === 0 ? "ok    " : "FAILED"} ${name}`);
  if (exitCode !== 0) failed.push(name);
}

const breaks = await findBoundaryBreaks(root);
for (const line of breaks) console.log(line);
console.log(`${breaks.length === 0 ? "ok    " : "FAILED"} boundaries`);
process.exit(failed.length + breaks.length === 0 ? 0 : 1);
