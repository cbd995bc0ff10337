import { afterAll } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const base = mkdtempSync("/var/tmp/codex-administrator-");
afterAll(() => rmSync(base, { recursive: true, force: true }));

const unshare = process.getuid?.() === 0 ? "unshare -m" : "unshare -rm";
const overlay = (folder: string): string => `mount -t overlay overlay -o lowerdir=${folder}:/etc /etc`;

/** Whether this machine lets a run see an /etc of its own, laid over the machine's in a mount namespace. */
export const hasOverlays =
  process.platform === "linux" && Bun.spawnSync(["sh", "-c", `exec ${unshare} sh -c '${overlay(base)}'`]).success;

let scripts = 0;

/** A script that runs a program under these requirements. */
export function under(requirements: string, program: string): string {
  const folder = join(base, String(scripts++));
  mkdirSync(join(folder, "codex"), { recursive: true });
  writeFileSync(join(folder, "codex", "requirements.toml"), requirements);
  const script = join(folder, "run");
  writeFileSync(script, `#!/bin/sh\nexec ${unshare} sh -c '${overlay(folder)} && exec "$0" "$@"' '${program}' "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}
