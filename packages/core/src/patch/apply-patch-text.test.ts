import { afterEach, beforeEach, expect, test } from "bun:test";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileChangeDecision } from "@codex/protocol/approvals";
import type { ThreadEvent } from "@codex/protocol/notifications";
import type { AskForApproval, SandboxPolicy } from "@codex/protocol/thread";
import type { FileRules } from "@codex/sandbox/permissions/file-rules";
import { protectionOf } from "@codex/sandbox/plan";
import * as fc from "fast-check";
import type { ToolContext, ToolOutcome } from "../tools/define-tool.ts";
import { applyPatchText, type PatchDeps } from "./apply-patch-text.ts";
import { PatchMemory } from "./patch-memory.ts";

let base = "";
let inside = "";
let outside = "";
beforeEach(() => {
  base = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "patch-")));
  inside = join(base, "work");
  outside = join(base, "work-evil");
  for (const folder of [inside, outside]) fs.mkdirSync(folder);
});
afterEach(() => fs.rmSync(base, { recursive: true, force: true }));

/** /tmp is no root here, since the tests' own folders are in it. */
const workspaceWrite: SandboxPolicy = {
  type: "workspaceWrite",
  writableRoots: [],
  networkAccess: false,
  excludeTmpdirEnvVar: true,
  excludeSlashTmp: true,
};

type Setting = {
  policy?: SandboxPolicy;
  approval?: AskForApproval;
  /** What the user answers; the call itself stands for the time in which the user thinks. */
  answer?: () => FileChangeDecision;
  memory?: PatchMemory;
  events?: ThreadEvent[];
  cwd?: string;
  fileRules?: FileRules;
};

type Outcome = ToolOutcome & { events: ThreadEvent[]; asked: number };

async function apply(sections: string, setting: Setting = {}): Promise<Outcome> {
  const events = setting.events ?? [];
  let asked = 0;
  const ask: ToolContext["ask"] = async (method) => {
    if (method !== "item/fileChange/requestApproval" || setting.answer === undefined) throw new Error("not expected");
    asked += 1;
    // `ask` is generic over all questions; this is the answer to the one that was just checked.
    return { decision: setting.answer() } as never;
  };
  const context: ToolContext = {
    threadId: "thread",
    turnId: "turn",
    callId: "call",
    cwd: setting.cwd ?? inside,
    sandboxPolicy: setting.policy ?? workspaceWrite,
    fileRules: setting.fileRules,
    approvalPolicy: setting.approval ?? "never",
    truncation: { mode: "tokens", limit: 10_000 },
    signal: new AbortController().signal,
    emit: (event) => events.push(event),
    ask,
  };
  const deps: PatchDeps = {
    clock: { now: () => 1_000, monotonic: () => 0 },
    workspaceRoots: [inside],
    temporaryFolder: undefined,
    protection: protectionOf(undefined),
    memory: setting.memory ?? new PatchMemory(),
  };
  const outcome = await applyPatchText(`*** Begin Patch\n${sections}*** End Patch\n`, context, deps);
  return { ...outcome, events, asked };
}

const put = (name: string, content: string | Uint8Array, folder = inside): string => {
  const path = join(folder, name);
  fs.mkdirSync(join(path, ".."), { recursive: true });
  fs.writeFileSync(path, content);
  return path;
};
const read = (name: string, folder = inside): string => fs.readFileSync(join(folder, name), "utf8");

/** Every file under the folder with its content; links with where they lead. */
function tree(folder: string, prefix = ""): Record<string, string> {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const shown = entries.map((entry): Record<string, string> => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return tree(path, `${prefix}${entry.name}/`);
    const text = entry.isSymbolicLink() ? `-> ${fs.readlinkSync(path)}` : fs.readFileSync(path, "latin1");
    return { [prefix + entry.name]: text };
  });
  return Object.assign({}, ...shown);
}

const success = (lines: string): string =>
  `Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess. Updated the following files:\n${lines}`;
const rejectedOutside = "patch rejected: writing outside of the project; rejected by user approval settings";

test("adds, updates, moves and deletes in one patch, and shows it", async () => {
  put("a", "1\n2\n");
  put("d", "x\n");
  put("m", "m\n");
  const patch =
    "*** Delete File: d\n*** Update File: m\n*** Move to: sub/mm\n@@\n-m\n+M\n*** Add File: n\n+1\n*** Update File: a\n@@\n-1\n+one\n";
  const outcome = await apply(patch);
  expect(outcome.forModel).toBe(success("A n\nM a\nM sub/mm (moved from m)\nD d\n"));
  expect(tree(inside)).toEqual({ a: "one\n2\n", n: "1\n", "sub/mm": "M\n" });
  const changes = [
    { path: join(inside, "a"), kind: { type: "update", move_path: null }, diff: "@@ -1,2 +1,2 @@\n-1\n+one\n 2\n" },
    { path: join(inside, "d"), kind: { type: "delete" }, diff: "x\n" },
    {
      path: join(inside, "m"),
      kind: { type: "update", move_path: join(inside, "sub/mm") },
      diff: `@@ -1 +1 @@\n-m\n+M\n\n\nMoved to: ${join(inside, "sub/mm")}`,
    },
    { path: join(inside, "n"), kind: { type: "add" }, diff: "1\n" },
  ];
  const item = { type: "fileChange", id: "call", changes, startedAtMs: 1_000 };
  expect(outcome.events.map((event) => event.method)).toEqual(["item/started", "item/completed", "turn/diff/updated"]);
  expect(outcome.events[0]?.params).toMatchObject({ item: { ...item, status: "inProgress", completedAtMs: null } });
  expect(outcome.events[1]?.params).toMatchObject({ item: { ...item, status: "completed", completedAtMs: 1_000 } });
  expect(outcome.events[2]?.params).toMatchObject({ diff: expect.stringContaining("diff --git a/m b/sub/mm\n") });
});

test("changes nothing, and shows nothing, when one hunk of many does not fit", async () => {
  put("a", "1\n");
  const outcome = await apply("*** Add File: n/n\n+1\n*** Delete File: a\n*** Update File: b\n@@\n-1\n+2\n");
  const why = `Failed to read file to update ${join(inside, "b")}: No such file or directory (os error 2)`;
  expect(outcome).toEqual({ ok: false, forModel: `apply_patch verification failed: ${why}`, events: [], asked: 0 });
  expect(fs.readdirSync(inside)).toEqual(["a"]);
});

test("leaves every file as it was when one of them cannot be written", async () => {
  put("a", "1\n");
  put("b/c", "1\n");
  const outcome = await apply("*** Update File: a\n@@\n-1\n+2\n*** Add File: b/c/d\n+1\n");
  expect(outcome.forModel).toContain(`Failed to write file ${join(inside, "b/c/d")}`);
  expect(tree(inside)).toEqual({ a: "1\n", "b/c": "1\n" });
});

test("lets later sections see what earlier ones did to the same file", async () => {
  put("a", "1\n2\n3\n");
  put("gone", "1\n");
  const twice = "*** Update File: a\n@@\n-1\n+one\n*** Update File: a\n@@\n-one\n+uno\n";
  const chain = "*** Update File: a\n*** Move to: b\n@@\n-3\n+c\n*** Update File: b\n*** Move to: c\n@@\n-2\n+b\n";
  const back = "*** Delete File: gone\n*** Add File: gone\n+2\n*** Add File: new\n+1\n*** Delete File: new\n";
  const outcome = await apply(twice + chain + back);
  expect(outcome.forModel).toBe(success("M c (moved from a)\nM gone\n"));
  expect(tree(inside)).toEqual({ c: "uno\nb\nc\n", gone: "2\n" });
});

test("says when a file was overwritten, and keeps a file that is moved to itself", async () => {
  put("a", "1\n");
  put("b", "old\n");
  put("c", "old\n");
  const over = "*** Add File: b\n+new\n*** Update File: a\n*** Move to: c\n@@\n-1\n+2\n";
  expect((await apply(over)).forModel).toBe(success("M c (moved from a, overwritten)\nM b (overwritten)\n"));
  expect((await apply("*** Update File: c\n*** Move to: ./c\n@@\n-2\n+3\n")).forModel).toBe(success("M ./c\n"));
  expect(tree(inside)).toEqual({ b: "new\n", c: "3\n" });
});

test("keeps a file's permissions and the other hard links' content, and says so", async () => {
  const path = put("a", "1\n");
  fs.chmodSync(path, 0o754);
  fs.linkSync(path, join(outside, "linked"));
  const outcome = await apply("*** Update File: a\n@@\n-1\n+2\n");
  const note = "Note: a had other hard links; they keep the old content.\n";
  expect(outcome.forModel).toBe(success(`M a\n${note}`));
  expect(fs.statSync(path).mode & 0o7777).toBe(0o754);
  expect([read("a"), read("linked", outside)]).toEqual(["2\n", "1\n"]);
});

test("deletes and overwrites binary files but does not edit them", async () => {
  const bytes = new Uint8Array([0xe9, 10, 50, 10]);
  put("a", bytes);
  const edit = await apply("*** Update File: a\n@@\n-2\n+two\n");
  expect(edit.forModel).toContain("it is not valid UTF-8 text");
  expect(tree(inside)).toEqual({ a: "\u00e9\n2\n" });
  expect((await apply("*** Delete File: a\n")).ok).toBe(true);
});

test("refuses what is not a file", async () => {
  put("p/x", "1\n");
  const asFolder = join(inside, "p");
  const outcome = await apply("*** Delete File: p\n");
  expect(outcome.forModel).toBe(
    `apply_patch verification failed: Failed to read ${asFolder}: path \`${asFolder}\` is not a file`,
  );
});

test("says which policy is in the way when nobody may be asked", async () => {
  const readOnly = await apply("*** Add File: a\n+1\n", { policy: { type: "readOnly", networkAccess: false } });
  expect(readOnly.forModel).toBe(
    "patch rejected: writing is blocked by read-only sandbox; rejected by user approval settings",
  );
  expect(readOnly.events).toEqual([]);
  expect((await apply(`*** Add File: ${outside}/a\n+1\n`)).forModel).toBe(rejectedOutside);
  expect((await apply("*** Add File: ../work-evil/a\n+1\n")).forModel).toBe(rejectedOutside);
  expect((await apply("*** Add File: a\n+1\n", { cwd: outside })).forModel).toBe(rejectedOutside);
  expect([tree(inside), tree(outside)]).toEqual([{}, {}]);
});

test.each([".git/config", ".GIT/hooks/x", ".codex/config.toml", ".agents/x", ".aws/credentials", ".git"])(
  "protects %s at a root, present or not",
  async (name) => {
    expect((await apply(`*** Add File: ${name}\n+1\n`)).forModel).toBe(rejectedOutside);
    expect(tree(inside)).toEqual({});
  },
);

test("protects what a protected name leads to", async () => {
  put("real/config", "1\n");
  fs.symlinkSync("real", join(inside, ".git"));
  for (const name of [".git/config", "real/config"]) {
    expect((await apply(`*** Update File: ${name}\n@@\n-1\n+2\n`)).forModel).toBe(rejectedOutside);
  }
  expect(read("real/config")).toBe("1\n");
});

test("follows links that stay inside, and only removes the link when a link is deleted", async () => {
  put("real/a", "1\n");
  put("target", "keep\n", outside);
  fs.symlinkSync("real", join(inside, "folder"));
  fs.symlinkSync("real/a", join(inside, "file"));
  fs.symlinkSync(join(outside, "target"), join(inside, "leads-out"));
  const outcome = await apply(
    "*** Update File: file\n@@\n-1\n+2\n*** Add File: folder/b\n+b\n*** Delete File: leads-out\n",
  );
  expect(outcome.ok).toBe(true);
  expect(tree(inside)).toEqual({ file: "-> real/a", folder: "-> real", "real/a": "2\n", "real/b": "b\n" });
  expect(tree(outside)).toEqual({ target: "keep\n" });
});

test("keeps its bounds when a root is replaced by a link", async () => {
  const memory = new PatchMemory([inside]);
  fs.rmdirSync(inside);
  fs.symlinkSync(outside, inside);
  expect((await apply("*** Add File: a\n+1\n", { memory })).forModel).toBe(rejectedOutside);
  expect(tree(outside)).toEqual({});
});

test("replaces a link that the patch itself deleted by a file", async () => {
  put("target", "keep\n", outside);
  fs.symlinkSync(join(outside, "target"), join(inside, "link"));
  const outcome = await apply("*** Delete File: link\n*** Add File: link\n+mine\n");
  expect(outcome.ok).toBe(true);
  expect([tree(inside), tree(outside)]).toEqual([{ link: "mine\n" }, { target: "keep\n" }]);
});

const untrusted = { approval: "untrusted" } as const;

test.each(["sub/b", "sub/new/b"])(
  "refuses to add %s where a folder became a link while the user thought",
  async (name) => {
    fs.mkdirSync(join(inside, "sub"));
    const outcome = await apply(`*** Add File: ${name}\n+1\n`, {
      ...untrusted,
      answer: () => {
        fs.rmdirSync(join(inside, "sub"));
        fs.symlinkSync(outside, join(inside, "sub"));
        return "accept";
      },
    });
    expect(outcome.forModel).toContain(`Failed to write file ${join(inside, name)}`);
    expect(outcome.events.at(-1)).toMatchObject({ method: "item/completed", params: { item: { status: "failed" } } });
    expect(fs.readdirSync(outside)).toEqual([]);
  },
);

test("refuses to overwrite what changed while the user thought", async () => {
  put("a", "1\n");
  const outcome = await apply("*** Update File: a\n@@\n-1\n+2\n", {
    ...untrusted,
    answer: () => {
      put("a", "1\nmine\n");
      return "accept";
    },
  });
  expect(outcome.forModel).toContain("changed since it was read");
  expect(tree(inside)).toEqual({ a: "1\nmine\n" });
});

test("asks where the policy wants it, and grants exactly the patch's files", async () => {
  const memory = new PatchMemory();
  const granted = await apply(`*** Add File: ${outside}/a\n+1\n`, {
    approval: "on-request",
    memory,
    answer: () => "acceptForSession",
  });
  expect([granted.ok, granted.asked]).toEqual([true, 1]);
  expect((await apply(`*** Update File: ${outside}/a\n@@\n-1\n+2\n`, { memory })).ok).toBe(true);
  expect((await apply(`*** Add File: ${outside}/b\n+1\n`, { memory })).forModel).toBe(rejectedOutside);
  expect(tree(outside)).toEqual({ a: "2\n" });
});

test("tells the model and the faces of a no", async () => {
  const outcome = await apply("*** Add File: a\n+1\n", { ...untrusted, answer: () => "decline" });
  expect(outcome).toMatchObject({ ok: false, forModel: "patch rejected by user", asked: 1 });
  expect(outcome.events.map((event) => event.method)).toEqual(["item/started", "item/completed"]);
  expect(outcome.events[1]?.params).toMatchObject({ item: { status: "declined" } });
  expect(tree(inside)).toEqual({});
});

test("closes its item when the turn is interrupted at the question", async () => {
  const events: ThreadEvent[] = [];
  const interrupted = apply("*** Add File: a\n+1\n", {
    ...untrusted,
    events,
    answer: () => {
      throw new Error("interrupted");
    },
  });
  await expect(interrupted).rejects.toThrow("interrupted");
  expect(events.at(-1)).toMatchObject({ method: "item/completed", params: { item: { status: "declined" } } });
  expect(tree(inside)).toEqual({});
});

test("writes anywhere without bounds", async () => {
  const path = join(outside, "a");
  const outcome = await apply(`*** Add File: ${path}\n+1\n*** Add File: .git/x\n+1\n`, {
    policy: { type: "dangerFullAccess" },
  });
  expect(outcome.ok).toBe(true);
  expect([tree(inside), tree(outside)]).toEqual([{ ".git/x": "1\n" }, { a: "1\n" }]);
});

const names = ["a", "b", "c", "d"];
const name = fc.array(fc.constantFrom(...names, ".."), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const entry = fc.oneof(
  fc.record({ kind: fc.constant("file"), at: name, to: fc.constant("") }),
  fc.record({ kind: fc.constant("link"), at: name, to: name }),
  fc.record({ kind: fc.constant("link"), at: name, to: fc.constantFrom("OUT", "OUT/a", "OUT/missing", "/") }),
);
const section = fc.oneof(
  name.map((path) => `*** Add File: ${path}\n+new\n`),
  name.map((path) => `*** Delete File: ${path}\n`),
  fc.tuple(name, name).map(([from, to]) => `*** Update File: ${from}\n*** Move to: ${to}\n@@\n-old\n+new\n`),
  name.map((path) => `*** Update File: ${path}\n@@\n-old\n+new\n`),
);

/** Builds what can be built; entries that stand in each other's way are left out. */
function build(entries: readonly { kind: string; at: string; to: string }[]): void {
  for (const { kind, at, to } of entries) {
    const path = join(inside, at);
    if (!path.startsWith(`${inside}/`)) continue;
    try {
      fs.mkdirSync(join(path, ".."), { recursive: true });
      if (kind === "link") fs.symlinkSync(to.replace("OUT", outside), path);
      else if (fs.realpathSync(join(path, "..")).startsWith(inside)) fs.writeFileSync(path, "old\n", { flag: "wx" });
    } catch {
      // Taken already, or a link leads in a circle.
    }
  }
}

/** What the patch must leave alone; `build` itself may have put things there, through a link. */
const treeOutside = (): unknown => [
  fs.readdirSync(base),
  Object.entries(tree(base)).filter(([name]) => !name.startsWith("work/")),
];

test("never writes outside, whatever links there are", async () => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 8 }),
      fc.array(section, { minLength: 1, maxLength: 2 }),
      async (entries, sections) => {
        fs.rmSync(base, { recursive: true });
        for (const folder of [inside, outside]) fs.mkdirSync(folder, { recursive: true });
        put("a", "old\n", outside);
        build(entries);
        const before = treeOutside();
        if ((await apply(sections.join(""))).ok) applied += 1;
        expect(treeOutside()).toEqual(before);
      },
    ),
    { numRuns: 400 },
  );
  // A property over patches that are all refused would hold for nothing.
  expect(applied).toBeGreaterThan(20);
});

test("what a permission profile keeps from commands, patches do not write either", async () => {
  const fileRules: FileRules = {
    name: "x",
    readsAll: true,
    paths: [
      { path: inside, access: "write" },
      { path: join(inside, "vendor"), access: "read" },
    ],
    globs: [{ glob: `${inside}/**/*.env`, access: "deny" }],
    scanDepth: undefined,
  };
  for (const name of ["vendor/a", "new.env"]) {
    expect((await apply(`*** Add File: ${name}\n+1\n`, { fileRules })).forModel).toContain("patch rejected");
    expect(fs.existsSync(join(inside, name))).toBe(false);
  }
  expect((await apply("*** Add File: ruled\n+1\n", { fileRules })).ok).toBe(true);
});
