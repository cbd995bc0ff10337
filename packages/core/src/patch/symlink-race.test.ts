import { afterEach, beforeEach, expect, test } from "bun:test";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxPolicy } from "@codex/protocol/thread";
import type { FileRules } from "@codex/sandbox/permissions/file-rules";
import { protectionOf } from "@codex/sandbox/plan";
import { toolBench } from "../tools/tool-bench.test-support.ts";
import { makeViewImage } from "../tools/view-image.ts";
import { applyPatchText } from "./apply-patch-text.ts";
import { PatchMemory } from "./patch-memory.ts";

/**
 * CVE-2025-55345 and its like under a race: another process makes a folder of the workspace a link to one outside and back, as
 * fast as it can, while patches are applied and images are read. Nothing outside is ever written, removed or shown.
 */

let base = "";
const places = () => ({ inside: join(base, "work"), outside: join(base, "outside"), sub: join(base, "work", "sub") });

beforeEach(() => {
  base = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "race-")));
  const { inside, outside, sub } = places();
  for (const folder of [inside, outside, sub]) fs.mkdirSync(folder);
});
afterEach(() => fs.rmSync(base, { recursive: true, force: true }));

/** Calls again and again beside the other process, for a second. */
async function whileSwapping(act: (turn: number) => Promise<void>): Promise<void> {
  const { sub, outside } = places();
  const program = join(import.meta.dir, "swap-folder.test-support.ts");
  const child = Bun.spawn([process.execPath, program, sub, outside], { stdout: "pipe", stderr: "inherit" });
  try {
    await child.stdout.getReader().read();
    const end = performance.now() + 1000;
    for (let turn = 0; performance.now() < end; turn++) await act(turn);
  } finally {
    child.kill("SIGKILL");
    await child.exited;
  }
}

const policy: SandboxPolicy = {
  type: "workspaceWrite",
  writableRoots: [],
  networkAccess: false,
  excludeTmpdirEnvVar: true,
  excludeSlashTmp: true,
};

function patcher(fileRules?: FileRules, { memory = new PatchMemory(), approves = false } = {}) {
  const { inside } = places();
  const { contextOf } = toolBench();
  const deps = {
    clock: { now: () => 1_000, monotonic: () => 0 },
    workspaceRoots: [inside],
    temporaryFolder: undefined,
    protection: protectionOf(undefined),
    memory,
  };
  return async (sections: string): Promise<boolean> => {
    // `ask` is generic over all questions; a patch has one.
    const ask = async () => ({ decision: "acceptForSession" }) as never;
    const approval = approves ? ({ approvalPolicy: "on-request", ask } as const) : {};
    const context = { ...contextOf({ cwd: inside, sandboxPolicy: policy, ...approval }), fileRules };
    return (await applyPatchText(`*** Begin Patch\n${sections}*** End Patch\n`, context, deps)).ok;
  };
}

const isLinux = process.platform === "linux";

test.skipIf(!isLinux)("patches write, change and remove nothing outside", async () => {
  const { outside, sub } = places();
  const bystander = { name: "f", text: "outside\n" };
  for (const folder of [outside, sub])
    fs.writeFileSync(join(folder, bystander.name), folder === sub ? "inside\n" : bystander.text);
  fs.writeFileSync(join(outside, "only"), "outside\n");
  const apply = patcher();
  const counts = { done: 0, refused: 0 };
  const count = (ok: boolean) => void (ok ? counts.done++ : counts.refused++);
  await whileSwapping(async (turn) => {
    count(await apply(`*** Add File: sub/new-${turn}\n+1\n*** Add File: sub/deep/er-${turn}/x\n+1\n`));
    // The same change fits both files, so that only the place is in the way.
    count(await apply(`*** Update File: sub/f\n@@\n-${turn % 2 ? "outside" : "inside"}\n+inside\n`));
    count(await apply("*** Delete File: sub/only\n"));
    count(await apply(`*** Update File: sub/f\n*** Move to: sub/moved\n@@\n-outside\n+inside\n`));
  });
  expect(fs.readdirSync(outside).sort()).toEqual(["f", "only"]);
  expect(fs.readFileSync(join(outside, "f"), "utf8")).toBe("outside\n");
  // Both happened, or there was no race.
  expect(counts.done).toBeGreaterThan(10);
  expect(counts.refused).toBeGreaterThan(10);
});

test.skipIf(!isLinux)("an image that a profile denies is never shown", async () => {
  const { inside, outside, sub } = places();
  const [mine, secret] = await Promise.all([1, 2].map((side) => picture(side)));
  fs.writeFileSync(join(sub, "a.png"), mine ?? "");
  fs.writeFileSync(join(outside, "a.png"), secret ?? "");
  const rules: FileRules = {
    name: "x",
    readsAll: true,
    paths: [{ path: outside, access: "deny" }],
    globs: [],
    scanDepth: undefined,
  };
  const tool = makeViewImage({ clock: { now: () => 0, monotonic: () => 0 }, detail: "high" });
  const { contextOf } = toolBench();
  const seen = { mine: 0, refused: 0, secret: 0 };
  await whileSwapping(async () => {
    const { forModel } = await tool.run({ path: "sub/a.png" }, { ...contextOf({ cwd: inside }), fileRules: rules });
    const [part] = typeof forModel === "string" ? [] : forModel;
    const shown = part?.type === "input_image" ? Buffer.from(part.image_url.replace(/^.*,/, ""), "base64") : undefined;
    seen[shown === undefined ? "refused" : shown.equals(mine ?? Buffer.alloc(0)) ? "mine" : "secret"] += 1;
  });
  expect(seen.secret).toBe(0);
  expect(seen.mine).toBeGreaterThan(10);
  expect(seen.refused).toBeGreaterThan(10);
});

test.skipIf(!isLinux)("what a profile denies never comes into the workspace by a patch", async () => {
  const { outside, sub } = places();
  fs.writeFileSync(join(sub, "f"), "head\nmine\n");
  fs.writeFileSync(join(outside, "f"), "head\nsecret\n");
  const rules: FileRules = {
    name: "x",
    readsAll: true,
    paths: [
      { path: join(base, "work"), access: "write" },
      { path: outside, access: "deny" },
    ],
    globs: [],
    scanDepth: undefined,
  };
  const apply = patcher(rules);
  let done = 0;
  await whileSwapping(async () => {
    if (await apply("*** Update File: sub/f\n@@\n-head\n+head\n")) done += 1;
    await apply("*** Update File: sub/f\n@@\n head\n+x\n");
    await apply("*** Update File: sub/f\n@@\n head\n-x\n");
  });
  for (const folder of [sub, `${sub}.link`].filter(
    (path) => fs.existsSync(path) && !fs.lstatSync(path).isSymbolicLink(),
  )) {
    expect(fs.readFileSync(join(folder, "f"), "utf8")).not.toContain("secret");
  }
  expect(fs.readFileSync(join(outside, "f"), "utf8")).toBe("head\nsecret\n");
  expect(done).toBeGreaterThan(5);
});

test("CVE-2025-55345: a link leads a patch nowhere outside, whatever part of the path it is", async () => {
  const { inside, outside } = places();
  fs.writeFileSync(join(outside, "f"), "outside\n");
  fs.symlinkSync(outside, join(inside, "folder"));
  fs.symlinkSync(join(outside, "f"), join(inside, "file"));
  fs.symlinkSync("folder", join(inside, "again"));
  fs.symlinkSync(join(outside, "absent"), join(inside, "dangling"));
  const apply = patcher();
  for (const name of ["folder/f", "file", "again/f", "sub/../folder/f"]) {
    expect(await apply(`*** Update File: ${name}\n@@\n-outside\n+inside\n`)).toBe(false);
  }
  for (const name of ["folder/new", "again/deep/new", "dangling", "file"]) {
    expect(await apply(`*** Add File: ${name}\n+x\n`)).toBe(false);
  }
  // A hard link's other name keeps its content: the new file takes the name, and is not written into the old one.
  fs.linkSync(join(outside, "f"), join(inside, "hard"));
  expect(await apply("*** Update File: hard\n@@\n-outside\n+inside\n")).toBe(true);
  expect(fs.readdirSync(outside)).toEqual(["f"]);
  expect(fs.readFileSync(join(outside, "f"), "utf8")).toBe("outside\n");
});

test("CVE-2025-54794: a folder whose name begins like the workspace's is no part of it", async () => {
  const { inside } = places();
  fs.mkdirSync(`${inside}-evil`);
  const apply = patcher();
  for (const name of [`${inside}-evil/x`, "../work-evil/x"]) {
    expect(await apply(`*** Add File: ${name}\n+x\n`)).toBe(false);
  }
  expect(fs.readdirSync(`${inside}-evil`)).toEqual([]);
});

test("Overpatch: what is named in a patch opens neither its folder nor the one above", async () => {
  const { outside } = places();
  const asked = new PatchMemory();
  const apply = patcher(undefined, { memory: asked, approves: true });
  expect(await apply(`*** Add File: ${outside}/named\n+x\n`)).toBe(true);
  const after = patcher(undefined, { memory: asked, approves: false });
  for (const name of [`${outside}/other`, `${outside}/named/../other`, join(base, "x"), "/x"]) {
    expect(await after(`*** Add File: ${name}\n+x\n`)).toBe(false);
  }
  expect(fs.readdirSync(outside)).toEqual(["named"]);
});

/** A grey square as a PNG. */
const picture = async (side: number): Promise<Buffer> => {
  const bitmap = Buffer.alloc(54 + 4 * Math.ceil((side * 3) / 4) * side, 0x7f);
  bitmap.fill(0, 0, 54);
  bitmap.write("BM");
  bitmap.writeUInt32LE(bitmap.length, 2);
  for (const [at, value] of [
    [10, 54],
    [14, 40],
    [18, side],
    [22, side],
  ] as const)
    bitmap.writeUInt32LE(value, at);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(24, 28);
  return Buffer.from(await new Bun.Image(bitmap).png().bytes());
};
