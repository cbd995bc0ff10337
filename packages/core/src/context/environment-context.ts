import type { SandboxPolicy } from "@codex/protocol/thread";

/** Where the model works, in the key names of the rollout's `world_state` line. */
export type Environments = {
  environments: { local: { cwd: string; status: "available"; shell: string } };
  /** "2026-11-21" */
  current_date: string;
  /** IANA name. */
  timezone: string;
  /** The finished line of XML, see `filesystemXml`. */
  filesystem: string;
};

/**
 * `<environment_context>`, byte for byte as the original 0.169.0 writes it: models know the form, and clients look for
 * the tag.
 */
export function environmentContext(environments: Environments): string {
  const { cwd, shell } = environments.environments.local;
  return wrap([`<cwd>${escapeXml(cwd)}</cwd>`, `<shell>${escapeXml(shell)}</shell>`, ...changeable(environments)]);
}

/** The same without what cannot change while directory and shell stay the same. */
export const partialEnvironmentContext = (environments: Environments): string => wrap(changeable(environments));

const changeable = ({ current_date, timezone, filesystem }: Environments): string[] => [
  `<current_date>${escapeXml(current_date)}</current_date>`,
  `<timezone>${escapeXml(timezone)}</timezone>`,
  filesystem,
];

const wrap = (lines: string[]): string =>
  `<environment_context>\n${lines.map((line) => `  ${line}\n`).join("")}</environment_context>`;

/** The line that tells which files may be read and written. */
export function filesystemXml(policy: SandboxPolicy, workspaceRoots: readonly string[]): string {
  const roots =
    policy.type === "workspaceWrite" ? unique([...workspaceRoots, ...policy.writableRoots]) : workspaceRoots;
  const listed = roots.map((root) => `<root>${escapeXml(root)}</root>`).join("");
  return `<filesystem><workspace_roots>${listed}</workspace_roots>${profileXml(policy, roots)}</filesystem>`;
}

function profileXml(policy: SandboxPolicy, roots: readonly string[]): string {
  switch (policy.type) {
    case "dangerFullAccess":
      return `<permission_profile type="disabled"><file_system type="unrestricted" /></permission_profile>`;
    case "externalSandbox":
      return `<permission_profile type="external"><file_system type="external" /></permission_profile>`;
    case "readOnly":
      return managed([special("read", ":root")]);
    case "workspaceWrite":
      return managed([
        special("read", ":root"),
        ...roots.map((root) => path("write", root)),
        ...(policy.excludeSlashTmp ? [] : [special("write", ":slash_tmp")]),
        ...(policy.excludeTmpdirEnvVar ? [] : [special("write", ":tmpdir")]),
        ...protectedNames.flatMap((name) => roots.map((root) => path("read", `${root === "/" ? "" : root}/${name}`))),
      ]);
  }
}

/** Stay read-only inside every writable root: what lies in them acts on its own or steers us. */
const protectedNames = [".git", ".agents", ".codex", ".aws"];

type Access = "read" | "write";
const managed = (entries: string[]): string =>
  `<permission_profile type="managed"><file_system type="restricted">${entries.join("")}</file_system></permission_profile>`;
const special = (access: Access, name: string): string => entry(access, `<special>${name}</special>`);
const path = (access: Access, path: string): string => entry(access, `<path>${escapeXml(path)}</path>`);
const entry = (access: Access, what: string): string => `<entry access="${access}">${what}</entry>`;

const unique = (paths: string[]): string[] => [...new Set(paths)];

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
