import { lockPatiently, type FileLock } from "@codex/platform/try-lock";
import { err, type Result } from "@codex/protocol/result";
import { join } from "node:path";

/**
 * Runs `act` under the two locks that the original takes, in its order, around every change of the stored login. Both are
 * held for moments: never over a request.
 */
export async function lockCredentials<T>(
  codexHome: string,
  act: () => Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  const held: FileLock[] = [];
  try {
    for (const name of ["auth.lock", "auth.json.lock"]) {
      const path = join(codexHome, name);
      const lock = await lockPatiently(path, patience, 0o600);
      if (!lock.ok) {
        return err(
          lock.error === "busy"
            ? `Another Codex process has held ${path} for ${patience / 1000} s. End it, then try again.`
            : `Cannot lock ${path}: ${lock.error.reason}`,
        );
      }
      held.push(lock.value);
    }
    return await act();
  } finally {
    for (const lock of held.toReversed()) lock.release();
  }
}

/** ms */
const patience = 10_000;
