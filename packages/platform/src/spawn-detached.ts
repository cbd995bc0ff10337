import type { Environment } from "./env.ts";

/** Starts a program that goes on without us, its streams closed; false where it cannot be started. */
export function spawnDetached(argv: readonly string[], cwd: string, env: Environment): boolean {
  try {
    Bun.spawn([...argv], { cwd, env: { ...env }, stdio: ["ignore", "ignore", "ignore"], detached: true }).unref();
    return true;
  } catch {
    return false;
  }
}
