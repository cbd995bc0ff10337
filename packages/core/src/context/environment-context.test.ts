import { expect, test } from "bun:test";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { nearestPolicy } from "@codex/sandbox/permissions/file-rules";
import { readProfile } from "@codex/sandbox/permissions/profile";
import { environmentContext, filesystemXml, partialEnvironmentContext } from "./environment-context.ts";

const workspaceWrite: SandboxPolicy = {
  type: "workspaceWrite",
  writableRoots: ["/opt/x"],
  networkAccess: true,
  excludeTmpdirEnvVar: false,
  excludeSlashTmp: false,
};
const xml = (roots: string, profile: string) =>
  `<filesystem><workspace_roots>${roots}</workspace_roots>${profile}</filesystem>`;
const entry = (access: string, inner: string) => `<entry access="${access}">${inner}</entry>`;

// The expected texts are those the original 0.169.0 sends for the same settings.
test("read-only", () => {
  expect(filesystemXml({ type: "readOnly", networkAccess: false }, ["/w"])).toBe(
    xml(
      "<root>/w</root>",
      `<permission_profile type="managed"><file_system type="restricted">${entry("read", "<special>:root</special>")}</file_system></permission_profile>`,
    ),
  );
});

test("workspace-write lists roots, temporary directories, then what stays read-only in each root", () => {
  const guarded = [".git", ".agents", ".codex", ".aws"].flatMap((name) =>
    ["/w", "/opt/x"].map((root) => entry("read", `<path>${root}/${name}</path>`)),
  );
  const entries = [
    entry("read", "<special>:root</special>"),
    entry("write", "<path>/w</path>"),
    entry("write", "<path>/opt/x</path>"),
    entry("write", "<special>:slash_tmp</special>"),
    entry("write", "<special>:tmpdir</special>"),
    ...guarded,
  ].join("");
  expect(filesystemXml(workspaceWrite, ["/w"])).toBe(
    xml(
      "<root>/w</root><root>/opt/x</root>",
      `<permission_profile type="managed"><file_system type="restricted">${entries}</file_system></permission_profile>`,
    ),
  );
});

test("temporary directories that are excluded are not listed", () => {
  const text = filesystemXml({ ...workspaceWrite, excludeSlashTmp: true, excludeTmpdirEnvVar: true }, ["/w"]);
  expect(text).not.toContain("<special>:slash_tmp");
  expect(text).not.toContain("<special>:tmpdir");
});

test("a profile is listed by place, with what it denies", () => {
  const profile = readProfile(
    "mine",
    {
      mine: {
        extends: ":workspace",
        filesystem: {
          "/var/secret": "deny",
          "/opt": "read",
          "/srv/w": "write",
          glob_scan_max_depth: 4,
          ":tmpdir": "read",
          ":minimal": "read",
          ":workspace_roots": { "**/*.env": "deny", vendor: "read", priv: "deny" },
        },
      },
    },
    "/home/u",
  );
  if (!profile.ok) throw new Error(profile.error.message);
  const denied = (inner: string) => `<entry access="deny" escalatable="false">${inner}</entry>`;
  const entries = [
    entry("read", "<path>/opt</path>"),
    entry("write", "<path>/srv/w</path>"),
    denied("<path>/var/secret</path>"),
    entry("read", "<special>:minimal</special>"),
    entry("read", "<special>:root</special>"),
    entry("write", "<special>:slash_tmp</special>"),
    entry("read", "<special>:tmpdir</special>"),
    denied("<glob>/w/**/*.env</glob>"),
    entry("write", "<path>/w</path>"),
    denied("<path>/w/priv</path>"),
    entry("read", "<path>/w/vendor</path>"),
    denied("<path>/srv/all</path>"),
  ].join("");
  expect(filesystemXml(nearestPolicy(profile.value), ["/w"], { profile: profile.value, sealed: ["/srv/all"] })).toBe(
    xml(
      "<root>/w</root>",
      `<permission_profile type="managed"><file_system type="restricted" glob_scan_max_depth="4">${entries}</file_system></permission_profile>`,
    ),
  );
});

test("what an administrator denies and what the user protects is told in the modes as well", () => {
  const details = { sealed: ["/srv/all", "/d/**/*.env"], protectedNames: [".git", "LICENSE"] };
  const text = filesystemXml(workspaceWrite, ["/w"], details);
  expect(text).toContain(entry("read", "<path>/w/LICENSE</path>"));
  expect(text.split("/w/.git<").length).toBe(2);
  expect(text).toEndWith(
    '<entry access="deny" escalatable="false"><path>/srv/all</path></entry><entry access="deny" escalatable="false"><glob>/d/**/*.env</glob></entry></file_system></permission_profile></filesystem>',
  );
});

test("full access and an outside sandbox", () => {
  expect(filesystemXml({ type: "dangerFullAccess" }, ["/w"])).toBe(
    xml(
      "<root>/w</root>",
      `<permission_profile type="disabled"><file_system type="unrestricted" /></permission_profile>`,
    ),
  );
  expect(filesystemXml({ type: "externalSandbox", networkAccess: "enabled" }, ["/w"])).toBe(
    xml("<root>/w</root>", `<permission_profile type="external"><file_system type="external" /></permission_profile>`),
  );
});

test("escapes what XML gives a meaning, and leaves place out of a partial one", () => {
  const environments = {
    environments: { local: { cwd: `/a&b<c>"q'`, status: "available" as const, shell: "bash" } },
    current_date: "2026-11-21",
    timezone: "Etc/UTC",
    filesystem: "<filesystem></filesystem>",
  };
  expect(environmentContext(environments)).toBe(`<environment_context>
  <cwd>/a&amp;b&lt;c&gt;&quot;q&apos;</cwd>
  <shell>bash</shell>
  <current_date>2026-11-21</current_date>
  <timezone>Etc/UTC</timezone>
  <filesystem></filesystem>
</environment_context>`);
  expect(partialEnvironmentContext(environments)).toBe(`<environment_context>
  <current_date>2026-11-21</current_date>
  <timezone>Etc/UTC</timezone>
  <filesystem></filesystem>
</environment_context>`);
});
