import { expect, test } from "bun:test";
import { join } from "node:path";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";

test("the demo repairs its project and says so", async () => {
  const root = join(import.meta.dir, "..");
  const demo = Bun.spawn([process.execPath, join(root, "scripts", "demo.ts")], {
    cwd: root,
    // Naming the binary keeps the demo from building one while other tests use it.
    env: { PATH: process.env["PATH"], CODEX_TEST_BINARY: binaryPath() },
    stdout: "pipe",
    stderr: "ignore",
    timeout: 25_000,
  });
  const output = await new Response(demo.stdout).text();
  expect(output).toContain("The model is scripted");
  expect(output).toContain("The test passes. `total()` skipped the first line");
  expect(output).toContain("codex exited with 0; the test, run once more from outside, passes.");
  expect(await demo.exited).toBe(0);
});
