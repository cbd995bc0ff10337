import { expect, test } from "bun:test";
import { join } from "node:path";

/**
 * Runs a process that starts a child and then does `ending`. The child shares its standard output, which therefore ends
 * only when both are gone: if the child stays, so does the test, until its time is up.
 */
async function parentThat(ending: string, signal?: NodeJS.Signals) {
  const source = `
    import { spawn } from "node:child_process";
    import { endWithParent } from ${JSON.stringify(join(import.meta.dir, "end-with-parent.ts"))};
    const child = spawn("sleep", ["1000"], { stdio: ["ignore", "inherit", "ignore"] });
    endWithParent(child);
    ${ending};
    console.log("ready");
  `;
  const parent = Bun.spawn([process.execPath, "-e", source], { stdio: ["ignore", "pipe", "inherit"] });
  const output = parent.stdout.getReader();
  while (!(await output.read()).done) if (signal) parent.kill(signal);
  await parent.exited;
  return { exitCode: parent.exitCode, signalCode: parent.signalCode };
}

test("the child goes when its parent exits", async () => {
  expect(await parentThat("process.exit(7)")).toEqual({ exitCode: 7, signalCode: null });
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("the child goes with its parent's %s", async (signal) => {
  const ended = await parentThat("setInterval(() => {}, 1000)", signal);
  expect(ended).toEqual({ exitCode: null, signalCode: signal });
});

test("a parent with a listener of its own decides itself", async () => {
  const ended = await parentThat(
    "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000)",
    "SIGTERM",
  );
  expect(ended).toEqual({ exitCode: 5, signalCode: null });
});
