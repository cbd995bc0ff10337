import { afterAll, expect, test } from "bun:test";
import { protectionOf } from "@codex/sandbox/plan";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marker } from "../patch/patch.ts";
import { PatchMemory } from "../patch/patch-memory.ts";
import { freeformApplyPatch, functionApplyPatch } from "./apply-patch.ts";
import type { ToolContext } from "./define-tool.ts";

const cwd = mkdtempSync(join(tmpdir(), "apply-patch-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const deps = {
  clock: { now: () => 0, monotonic: () => 0 },
  workspaceRoots: [cwd],
  temporaryFolder: undefined,
  protection: protectionOf(undefined),
  memory: new PatchMemory(),
};
const context: ToolContext = {
  threadId: "thread",
  turnId: "turn",
  callId: "call",
  cwd,
  sandboxPolicy: { type: "dangerFullAccess" },
  approvalPolicy: "never",
  truncation: { mode: "tokens", limit: 10_000 },
  signal: new AbortController().signal,
  emit: () => undefined,
  ask: () => Promise.reject(new Error("not expected")),
};
const patch = (name: string): string => `${marker.begin}\n${marker.add}${name}\n+1\n${marker.end}\n`;
const added = (name: string) => ({
  ok: true,
  forModel: `Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess. Updated the following files:\nA ${name}\n`,
});

test("is one tool in two forms", async () => {
  const asFunction = functionApplyPatch(deps);
  expect(await freeformApplyPatch(deps).run(patch("a"), context)).toEqual(added("a"));
  expect(await asFunction.run({ input: patch("b") }, context)).toEqual(added("b"));
  expect(await asFunction.run({ patch: patch("c") }, context)).toEqual(added("c"));
  expect(["a", "b", "c"].map((name) => readFileSync(join(cwd, name), "utf8"))).toEqual(["1\n", "1\n", "1\n"]);
  expect((await asFunction.run({}, context)).ok).toBe(false);
});

test("teaches every marker that the parser knows", () => {
  const { grammar } = freeformApplyPatch(deps);
  const { description } = functionApplyPatch(deps);
  for (const text of Object.values(marker)) {
    expect(grammar).toContain(`"${text}"`);
    expect(description).toContain(text.trim());
  }
});
