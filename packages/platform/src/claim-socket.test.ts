import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { claimSocket } from "./claim-socket.ts";

test("who gives up a place whose path is too long leaves the places of others alone", async () => {
  const root = mkdtempSync(join(tmpdir(), "codex-test-"));
  const claim = async (name: string) => {
    const claimed = await claimSocket(join(root, name.repeat(110), "control.sock"), { ownFolder: true });
    if (!claimed.ok) throw new Error(JSON.stringify(claimed.error));
    claimed.value.settled();
    return claimed.value;
  };
  const [one, other] = [await claim("a"), await claim("b")];
  one.release();
  expect([existsSync(dirname(one.bindAt)), existsSync(dirname(other.bindAt))]).toEqual([false, true]);
  other.release();
  expect(existsSync(dirname(other.bindAt))).toBe(false);
  rmSync(root, { recursive: true });
});
