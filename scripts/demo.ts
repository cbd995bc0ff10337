/**
 * `npm run demo`: a scripted model repairs a failing test through the real binary. Needs no key, no network and no
 * bubblewrap. Exits 0 only if the test, run by us afterwards, passes. CODEX_TEST_BINARY runs another binary.
 */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { steps } from "../packages/scripted-model/scenarios/repair-a-test.ts";
import { prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import { codex, model, workspace } from "../packages/scripted-model/src/testing.ts";
import type { Workspace } from "../packages/scripted-model/src/workspace.ts";
import { build } from "./build.ts";

const root = join(import.meta.dir, "..");
const prompt = "The test fails. Find out why, mend it, and show that it passes.";

/** An order whose first line is not counted, and the test that shows it. */
const project = {
  "package.json": '{ "type": "module" }\n',
  "total.js": `/** The price of an order, in cents. */
export function total(lines) {
  let sum = 0;
  for (let i = 1; i < lines.length; i++) sum += lines[i].price * lines[i].count;
  return sum;
}
`,
  "total.test.js": `import assert from "node:assert";
import { test } from "node:test";
import { total } from "./total.js";

test("an empty order costs nothing", () => assert.equal(total([]), 0));
test("every line counts", () => assert.equal(total([{ price: 250, count: 2 }, { price: 99, count: 1 }]), 599));
`,
};

async function demo(): Promise<number> {
  const node = Bun.which("node");
  if (node === null) return fail("The demo's test runs in Node.js, which is not on the PATH.");
  if (!process.env["CODEX_TEST_BINARY"] && (await isStale())) build();

  await using ws = await workspace(project);
  // Commands run in a login shell, which may set PATH anew without the folder of this Node.
  await Bun.write(join(ws.home, ".profile"), `export PATH="${dirname(node)}:$PATH"\n`);
  if (await testPasses(ws, node)) return fail("The scratch project's test passes before the repair.");

  const sandbox = (await sandboxWorks(ws)) ? "workspace-write" : "danger-full-access";
  console.log("The model is scripted: its words are prepared, but the binary, commands, patch and test are real.");
  console.log(
    'With a real model: `dist/codex login`, then `dist/codex exec -s workspace-write "…"` in your repository.',
  );
  if (sandbox !== "workspace-write") console.log("This machine allows no sandbox, so the commands run without one.");
  console.log(`\n$ codex exec -s ${sandbox} "${prompt}"\n`);
  const exitCode = await repair(ws, sandbox);

  const passes = await testPasses(ws, node);
  console.log(`\ncodex exited with ${exitCode}; the test, run once more from outside, ${passes ? "passes" : "FAILS"}.`);
  console.log(await ws.git("diff", "--stat"));
  return exitCode === 0 && passes ? 0 : 1;
}

/** Runs the repair with its output visible, and gives the exit code. */
async function repair(ws: Workspace, sandbox: string): Promise<number> {
  await using server = await model.plays(steps, { name: "demo" });
  const launch = await prepareLaunch({ server, ws, args: ["-s", sandbox, prompt] });
  const child = Bun.spawn(launch.command, {
    cwd: launch.cwd,
    env: launch.env,
    stdio: ["ignore", "inherit", "inherit"],
    timeout: 120_000,
  });
  return await child.exited;
}

/** Whether a command really runs inside the sandbox of this machine. */
async function sandboxWorks(ws: Workspace): Promise<boolean> {
  await using server = await model.plays([model.exec("echo inside"), model.says("Done.")], { name: "sandbox probe" });
  const args = ["--ephemeral", "-s", "workspace-write", "probe"];
  await codex.exec({ server, ws, args });
  return server.requests[1]?.lastOutput().includes("\ninside\n") ?? false;
}

async function testPasses(ws: Workspace, node: string): Promise<boolean> {
  const child = Bun.spawn([node, "--test"], { cwd: ws.path, stdout: "ignore", stderr: "ignore" });
  return (await child.exited) === 0;
}

/** Whether the binary is missing or older than a source. */
async function isStale(): Promise<boolean> {
  const binary = join(root, "dist", "codex");
  if (!existsSync(binary)) return true;
  const built = statSync(binary).mtimeMs;
  for await (const file of new Bun.Glob("packages/*/{src/**/*,package.json}").scan({ cwd: root })) {
    if (file.endsWith(".test.ts") || file.startsWith("packages/scripted-model/")) continue;
    if (statSync(join(root, file)).mtimeMs > built) return true;
  }
  return statSync(join(root, "scripts", "build.ts")).mtimeMs > built;
}

function fail(sentence: string): number {
  console.error(sentence);
  return 1;
}

try {
  process.exitCode = await demo();
} catch (error) {
  process.exitCode = fail(error instanceof Error ? error.message : String(error));
}
