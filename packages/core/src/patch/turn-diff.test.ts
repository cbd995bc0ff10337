import { expect, test } from "bun:test";
import type { FileChange } from "./net-changes.ts";
import { PatchMemory } from "./patch-memory.ts";
import { turnDiff } from "./turn-diff.ts";

type Shown = Pick<FileChange, "before" | "after"> & Partial<FileChange>;

/** A patch's files under /w. */
const patch = (files: Record<string, Shown>): Map<string, FileChange> =>
  new Map(
    Object.entries(files).map(([name, file]) => {
      const path = name.startsWith("/") ? name : `/w/${name}`;
      return [path, { place: path, path, mode: 0o644, movedTo: undefined, ...file }];
    }),
  );

test("prints a turn as git would", () => {
  const changes = new PatchMemory().record(
    "t",
    patch({
      n: { before: undefined, after: "1\n", mode: undefined },
      a: { before: "1\n2\n", after: "one\n2\n" },
      d: { before: "x\n", after: undefined, mode: 0o755 },
      m: { before: "m\n", after: undefined, movedTo: "/w/mm" },
      mm: { before: undefined, after: "M\n", mode: undefined },
    }),
  );
  const none = "0".repeat(40);
  const lines = [
    "diff --git a/a b/a",
    "index 1191247b6d9a206f6ba3d8ac79e26d041dd86941..99b356dcd03dde0755c749bcd4cae4b2b73a8fa8",
    "--- a/a",
    "+++ b/a",
    "@@ -1,2 +1,2 @@",
    "-1",
    "+one",
    " 2",
    "diff --git a/d b/d",
    "deleted file mode 100755",
    `index 587be6b4c3f93f93c489c0111bba5596147a26cb..${none}`,
    "--- a/d",
    "+++ /dev/null",
    "@@ -1 +0,0 @@",
    "-x",
    "diff --git a/m b/mm",
    "index 28ce6a8b26aa170e1de65536fe8abe1832bd3242..ab7768987ce64e0490e93767ca9a4bcd950c79f6",
    "--- a/m",
    "+++ b/mm",
    "@@ -1 +1 @@",
    "-m",
    "+M",
    "diff --git a/n b/n",
    "new file mode 100644",
    `index ${none}..d00491fd7e5bb6fa28c517a0bb32b8b506539d4d`,
    "--- /dev/null",
    "+++ b/n",
    "@@ -0,0 +1 @@",
    "+1",
  ];
  expect(turnDiff(changes, "/w")).toBe(lines.map((line) => `${line}\n`).join(""));
});

test("counts from before the turn, forgets what was taken back, and begins anew with the next turn", () => {
  const memory = new PatchMemory();
  memory.record("t", patch({ a: { before: "1\n", after: "2\n" } }));
  expect(turnDiff(memory.record("t", patch({ a: { before: "2\n", after: "3\n" } })), "/w")).toContain("-1\n+3\n");
  expect(turnDiff(memory.record("t", patch({ a: { before: "3\n", after: "1\n" } })), "/w")).toBe("");
  expect(turnDiff(memory.record("u", patch({ a: { before: "1\n", after: "4\n" } })), "/w")).toContain("-1\n+4\n");
});

test("follows a file that moves twice in a turn", () => {
  const memory = new PatchMemory();
  memory.record(
    "t",
    patch({ a: { before: "1\n", after: undefined, movedTo: "/w/b" }, b: { before: undefined, after: "2\n" } }),
  );
  const changes = memory.record(
    "t",
    patch({ b: { before: "2\n", after: undefined, movedTo: "/w/c" }, c: { before: undefined, after: "3\n" } }),
  );
  const diff = turnDiff(changes, "/w");
  expect(diff).toStartWith("diff --git a/a b/c\n");
  expect(diff).toEndWith("@@ -1 +1 @@\n-1\n+3\n");
});
