import { expect, test } from "bun:test";
import { accessAt, fileRules, nearestPolicy, splitGlob } from "./file-rules.ts";
import { readProfile, type PermissionProfile, type WrittenProfiles } from "./profile.ts";

function profileOf(name: string, permissions: WrittenProfiles = {}): PermissionProfile {
  const profile = readProfile(name, permissions, "/home/u");
  if (!profile.ok) throw new Error(profile.error.message);
  return profile.value;
}

const problemOf = (name: string, permissions: WrittenProfiles): string => {
  const profile = readProfile(name, permissions, "/home/u");
  return profile.ok ? "none" : profile.error.message;
};

test("the built-in profiles are the sandbox modes", () => {
  expect([":read-only", ":workspace", ":danger-full-access"].map((name) => nearestPolicy(profileOf(name)))).toEqual([
    { type: "readOnly", networkAccess: false },
    {
      type: "workspaceWrite",
      writableRoots: [],
      networkAccess: false,
      excludeTmpdirEnvVar: false,
      excludeSlashTmp: false,
    },
    { type: "dangerFullAccess" },
  ]);
  expect(fileRules(profileOf(":workspace"), ["/ws"])).toEqual({
    name: ":workspace",
    readsAll: true,
    paths: [{ path: "/ws", access: "write" }],
    globs: [],
    scanDepth: undefined,
  });
});

test("a profile adds to what it extends, and the last word on a place counts", () => {
  const permissions: WrittenProfiles = {
    base: {
      extends: ":workspace",
      filesystem: { "/data": "write", glob_scan_max_depth: 4 },
      network: { enabled: true },
    },
    mine: {
      extends: "base",
      filesystem: { "/data": "read", "~/keys": "deny", ":workspace_roots": { "**/*.env": "deny" } },
    },
  };
  const mine = profileOf("mine", permissions);
  expect(nearestPolicy(mine)).toMatchObject({ type: "workspaceWrite", networkAccess: true });
  expect(fileRules(mine, ["/ws", "/more"])).toEqual({
    name: "mine",
    readsAll: true,
    paths: [
      { path: "/ws", access: "write" },
      { path: "/more", access: "write" },
      { path: "/data", access: "read" },
      { path: "/home/u/keys", access: "deny" },
    ],
    globs: [
      { glob: "/ws/**/*.env", access: "deny" },
      { glob: "/more/**/*.env", access: "deny" },
    ],
    scanDepth: 4,
  });
});

test("a profile that writes elsewhere leaves the workspace as it is, and without :root only what it lists is read", () => {
  const rules = fileRules(profileOf("x", { x: { filesystem: { "/out": "write", ":minimal": "read" } } }), ["/ws"]);
  expect(rules.readsAll).toBe(false);
  expect(rules.paths).toContainEqual({ path: "/ws", access: "read" });
  expect(rules.paths).toContainEqual({ path: "/usr", access: "read" });
});

test("what cannot be meant is an error", () => {
  expect(problemOf(":nope", {})).toBe("Error: default_permissions refers to unknown built-in profile `:nope`");
  expect(problemOf("nope", {})).toBe("Error: default_permissions refers to undefined profile `nope`");
  expect(problemOf("toString", {})).toContain("undefined profile");
  expect(problemOf("a", { a: { extends: "b" }, b: { extends: "a" } })).toContain("permissions.a extends itself");
  expect(problemOf("a", { a: { filesystem: { relative: "read" } } })).toContain('`relative` = "read" is no rule');
  expect(problemOf("a", { a: { filesystem: { "/x": "none" } } })).toContain("is no rule");
  expect(problemOf("a", { a: { filesystem: { ":moon": "read" } } })).toContain("is no rule");
});

test("the innermost path decides, a glob that denies beats it, and links are followed", () => {
  const rules = fileRules(
    profileOf("x", {
      x: {
        filesystem: {
          ":root": "read",
          "/a": "deny",
          "/a/b": "read",
          "/a/b/c": "write",
          "/link": "deny",
          "/a/**/*.env": "deny",
        },
      },
    }),
    [],
  );
  const canonical = (path: string): string => (path === "/link" ? "/real" : path);
  const at = (place: string) => accessAt(rules, place, canonical);
  expect(
    ["/a", "/ab", "/a/x", "/a/b", "/a/b/x", "/a/b/c/x", "/a/b/c/.env", "/a/b/k.env/x", "/real/x", "/else"].map(at),
  ).toEqual(["deny", undefined, "deny", "read", "read", "write", "deny", "deny", "deny", undefined]);
});

test("a glob is split where it begins to be one", () => {
  expect(splitGlob("/ws/**/*.env")).toEqual({ folder: "/ws", pattern: "**/*.env" });
  expect(splitGlob("/*.env")).toEqual({ folder: "/", pattern: "*.env" });
});
