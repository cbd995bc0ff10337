import { expect, test } from "bun:test";
import type { Requirements } from "@codex/config/requirements";
import type { Layer } from "@codex/config/layer";
import type { Config } from "@codex/config/schema";
import type { SandboxMode } from "@codex/protocol/thread";
import { choosePermissions } from "./choose-permissions.ts";
import { refusedOverride } from "./demands.ts";
import { accessAt, sessionRules } from "./file-rules.ts";

const demands = (requirements: Requirements) => ({ requirements, requirementsFile: "/etc/r.toml" });

/** The mode or profile that comes of a choice, with what is said of it. */
function chosen(requirements: Requirements, config: Partial<Config>, asked?: SandboxMode, trusted = false): string[] {
  const layer: Layer = { source: { type: "sessionFlags" }, table: { ...config } as Layer["table"], warnings: [] };
  const loaded = { config: config as Config, layers: [layer], trusted, ...demands(requirements) };
  const permissions = choosePermissions(loaded, asked, { HOME: "/home/u" });
  if (!permissions.ok) return [permissions.error.message];
  const { policy, profile, warnings } = permissions.value;
  return [profile?.name ?? policy.type, ...warnings];
}

test("where nothing is chosen a trusted project may be written, unless that is not allowed", () => {
  const withTrust = (requirements: Requirements, config: Partial<Config>) =>
    chosen(requirements, config, undefined, true);
  expect(withTrust({}, {})).toEqual(["workspaceWrite"]);
  expect(chosen({}, {})).toEqual(["readOnly"]);
  expect(withTrust({}, { sandbox_mode: "read-only" })).toEqual(["readOnly"]);
  expect(withTrust({}, { default_permissions: ":read-only" })).toEqual([":read-only"]);
  expect(withTrust({ allowed_sandbox_modes: ["read-only"] }, {})[0]).toBe("readOnly");
});

test("a mode that is not allowed gives way, whoever asks for it", () => {
  const only = { allowed_sandbox_modes: ["read-only", "workspace-write"] };
  const said = '`sandbox_mode = "danger-full-access"` is not allowed by /etc/r.toml; using "read-only".';
  expect(chosen(only, {}, "danger-full-access")).toEqual(["readOnly", said]);
  expect(chosen(only, { sandbox_mode: "danger-full-access" })).toEqual(["readOnly", said]);
  expect(chosen(only, {}, "workspace-write")).toEqual(["workspaceWrite"]);
  expect(chosen(only, { default_permissions: ":danger-full-access" })).toEqual([
    "invalid value for `sandbox_mode`: `danger-full-access` is not allowed (set by /etc/r.toml)",
  ]);
});

test("where profiles are listed, a mode counts as the built-in profile that is like it", () => {
  const permissions = { corp: { extends: ":read-only" } };
  const listed = { allowed_permission_profiles: { corp: true, ":workspace": false }, default_permissions: "corp" };
  const said = (name: string) => `\`default_permissions = "${name}"\` is not allowed by /etc/r.toml; using "corp".`;
  expect(chosen(listed, { permissions }, "workspace-write")).toEqual(["corp", said(":workspace")]);
  expect(chosen(listed, { permissions, default_permissions: ":read-only" })).toEqual(["corp", said(":read-only")]);
  expect(chosen(listed, { permissions, default_permissions: "corp" })).toEqual(["corp"]);
});

test("a turn may not choose what a thread may not", () => {
  const strict = demands({
    allowed_sandbox_modes: ["read-only"],
    allowed_approval_policies: ["on-request"],
    allowed_approvals_reviewers: ["user"],
  });
  expect([
    refusedOverride({ sandboxPolicy: { type: "dangerFullAccess" } }, strict),
    refusedOverride({ sandboxPolicy: { type: "externalSandbox", networkAccess: "enabled" } }, strict),
    refusedOverride({ approvalPolicy: "never" }, strict),
    refusedOverride({ approvalsReviewer: "auto_review" }, strict),
    refusedOverride(
      { sandboxPolicy: { type: "readOnly", networkAccess: false }, approvalPolicy: "on-request" },
      strict,
    ),
  ]).toEqual([
    "invalid value for `sandbox_mode`: `danger-full-access` is not allowed (set by /etc/r.toml)",
    "invalid value for `sandbox_mode`: `external-sandbox` is not allowed (set by /etc/r.toml)",
    "invalid value for `approval_policy`: `never` is not allowed (set by /etc/r.toml)",
    "invalid value for `approvals_reviewer`: `auto_review` is not allowed (set by /etc/r.toml)",
    undefined,
  ]);
  expect(refusedOverride({ sandboxPolicy: { type: "dangerFullAccess" } }, demands({}))).toBeUndefined();
});

test("what nobody may read stays closed, with or without a profile that opens it", () => {
  const closed = demands({ permissions: { filesystem: { deny_read: ["/srv", "/data/**/*.env"] } } });
  const opens = {
    name: "x",
    unconfined: false,
    entries: [{ place: "path", path: "/srv/mine", access: "write" } as const],
    network: false,
    scanDepth: 1,
  };
  for (const profile of [undefined, opens]) {
    const rules = sessionRules({ profile, demands: closed }, ["/srv/ws"]);
    if (rules === undefined) throw new Error("there are rules");
    const at = (place: string) => accessAt(rules, place, (path) => path);
    expect([at("/srv"), at("/srv/mine/x"), at("/srv/ws/x"), at("/data/a/k.env")]).toEqual(Array(4).fill("deny"));
  }
  expect(sessionRules({ profile: undefined, demands: demands({}) }, [])).toBeUndefined();
});
