import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, chownSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isInstalled, launcherFor, makePlace, routes, runScript, type Place } from "./sandbox.test-support.ts";
import { withLimits } from "./limits.ts";

const places: Place[] = [];

function place(): Place {
  const made = makePlace();
  places.push(made);
  return made;
}

afterAll(() => {
  for (const { base } of places) rmSync(base, { recursive: true, force: true });
});

const command = { argv: ["/bin/true"], cwd: "/", env: {}, tty: false };

test("no limits leave the command as it is; without prlimit they are an error", () => {
  expect(withLimits(command, undefined, () => undefined)).toEqual({ ok: true, value: command });
  expect(withLimits(command, { processes: 3, memory_mb: 1 }, (name) => `/usr/bin/${name}`)).toEqual({
    ok: true,
    value: { ...command, argv: ["/usr/bin/prlimit", "--nproc=3", "--data=1048576", "--", "/bin/true"] },
  });
  expect(withLimits(command, { memory_mb: 1 }, () => undefined)).toEqual({
    ok: false,
    error: expect.stringContaining("prlimit"),
  });
});

for (const { route, missing } of routes) {
  describe.skipIf(missing || !isInstalled("prlimit"))(route, () => {
    test("memory beyond the limit is refused", async () => {
      const here = place();
      const script = `python3 -c 'bytearray(300 << 20)' 2>&1 | tail -n 1; python3 -c 'bytearray(20 << 20); print("small")'`;
      const { output } = await runScript(launcherFor(here, route, { limits: { memory_mb: 128 } }), here, script);
      expect(output).toBe("MemoryError\nsmall\n");
    });

    // The kernel counts no processes of root.
    test.skipIf(process.getuid?.() !== 0 || !isInstalled("setpriv"))(
      "processes beyond the limit cannot be made",
      () => {
        const there = place();
        chmodSync(there.base, 0o755);
        for (const folder of [there.workspace, there.outside, there.home]) chownSync(folder, 65534, 65534);
        const program = join(import.meta.dir, "run-limited.test-support.ts");
        const user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        const child = Bun.spawnSync([...user, process.execPath, program, route, JSON.stringify(there)], {
          env: { PATH: process.env["PATH"], HOME: "/nonexistent" },
        });
        expect(child.stdout.toString() + child.stderr.toString()).toMatch(/^made [5-9]\n$/);
      },
    );
  });
}
