import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalPath, canonicalPlace } from "./canonical-path.ts";

let base = "";
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "canonical-")));
  mkdirSync(join(base, "real/deep"), { recursive: true });
  symlinkSync("real/deep", join(base, "link"));
  symlinkSync(join(base, "nowhere/x"), join(base, "dangling"));
  symlinkSync("loop-b", join(base, "loop-a"));
  symlinkSync("loop-a", join(base, "loop-b"));
});
afterAll(() => rmSync(base, { recursive: true }));

test.each([
  ["real/../real/deep/./x", "real/deep/x"],
  ["link", "real/deep"],
  ["link/missing/x", "real/deep/missing/x"],
  ["dangling", "nowhere/x"],
  ["missing/x", "missing/x"],
])("leads %s to %s", (path, place) => {
  expect(canonicalPath(join(base, path))).toEqual({ ok: true, value: join(base, place) });
});

test("does not follow the name itself when the name is asked for", () => {
  expect(canonicalPlace(join(base, "link"))).toEqual({ ok: true, value: join(base, "link") });
  expect(canonicalPlace(join(base, "link/x"))).toEqual({ ok: true, value: join(base, "real/deep/x") });
});

test("gives up on links that lead in a circle", () => {
  const path = join(base, "loop-a/x");
  expect(canonicalPath(path)).toEqual({ ok: false, error: { path, reason: "too many symbolic links" } });
});
