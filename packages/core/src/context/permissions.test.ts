import { expect, test } from "bun:test";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { permissionsInstructions, writableRoots } from "./permissions.ts";

const workspaceWrite: SandboxPolicy = {
  type: "workspaceWrite",
  writableRoots: ["/opt/x"],
  networkAccess: true,
  excludeTmpdirEnvVar: false,
  excludeSlashTmp: false,
};

test("read-only and never", () => {
  const facts = {
    policy: { type: "readOnly", networkAccess: false },
    approval: "never",
    workspaceRoots: ["/w"],
  } as const;
  expect(permissionsInstructions(facts)).toBe(`<permissions instructions>
A sandbox decides which files commands may read and write. \`sandbox_mode\` is \`read-only\`: files may be read, none may be written. Network access is restricted.
The approval policy is \`never\`: nobody can be asked. Do not set \`sandbox_permissions\`, such a call is rejected.
</permissions instructions>`);
});

test("granular names what is asked and what is rejected", () => {
  const granular = { sandbox_approval: false, rules: true, skill_approval: false, request_permissions: true };
  const text = permissionsInstructions({
    policy: workspaceWrite,
    approval: { granular: { ...granular, mcp_elicitations: true } },
    workspaceRoots: ["/w"],
    tmpdir: "/var/tmp",
  });
  expect(text.split("\n").slice(4)).toEqual([
    "The approval policy is `granular`: each kind of request is either put to the user or rejected unasked.",
    "",
    "The user may be asked for:",
    "- `rules`",
    "- `mcp_elicitations`",
    "",
    "Rejected without asking:",
    "- `sandbox_approval`",
    "- `skill_approval`",
    " The writable roots are `/opt/x`, `/tmp`, `/var/tmp`, `/w`.",
    "</permissions instructions>",
  ]);
  expect(text).toContain("Network access is enabled.");
});

test("on-request tells the three parameters of a call that asks", () => {
  const text = permissionsInstructions({ policy: workspaceWrite, approval: "on-request", workspaceRoots: ["/w"] });
  for (const name of ["`sandbox_permissions`", '"require_escalated"', "`justification`", "`prefix_rule`"])
    expect(text).toContain(name);
});

test("what may not be read is listed, paths before globs", () => {
  const details = { sealed: ["/d/**/*.env", "/srv/all"] };
  const text = permissionsInstructions({ policy: workspaceWrite, approval: "never", workspaceRoots: ["/w"], details });
  expect(text.split("\n").slice(-4)).toEqual([
    "Reading these paths and globs is denied. No approval lifts that, so do not ask for one:",
    "- path `/srv/all`",
    "- glob `/d/**/*.env`",
    "</permissions instructions>",
  ]);
});

test("writable roots follow the exclusions", () => {
  const policy = { ...workspaceWrite, excludeSlashTmp: true, excludeTmpdirEnvVar: true, writableRoots: ["/w"] };
  expect(writableRoots({ policy, approval: "never", workspaceRoots: ["/w"], tmpdir: "/t" })).toEqual(["/w"]);
});
