import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockPatiently } from "@codex/platform/try-lock";

/** The two ports to which a browser comes back are the machine's: tests that sign in by browser take turns. */
export async function loginPorts(): Promise<Disposable & { readonly numbers: readonly number[] }> {
  const lock = await lockPatiently(join(tmpdir(), "codex-test-login-ports.lock"), 60_000);
  if (!lock.ok) throw new Error("another test holds the ports 1455 and 1457");
  return { numbers: [1455, 1457], [Symbol.dispose]: () => lock.value.release() };
}
