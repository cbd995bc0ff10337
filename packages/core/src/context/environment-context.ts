import type { SandboxPolicy } from "@codex/protocol/thread";
import { permissionEntries, rootsOf, type PermissionDetails, type PermissionEntry } from "./permission-entries.ts";

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
export function filesystemXml(
  policy: SandboxPolicy,
  workspaceRoots: readonly string[],
  details: PermissionDetails = {},
): string {
  // What a profile opens besides is no root of the work; source: the original.
  const folders = details.profile === undefined ? rootsOf(policy, workspaceRoots) : workspaceRoots;
  const roots = folders.map((root) => `<root>${escapeXml(root)}</root>`);
  const entries = permissionEntries(policy, workspaceRoots, details);
  const profile = profileXml(policy, entries, details.profile?.scanDepth);
  return `<filesystem><workspace_roots>${roots.join("")}</workspace_roots>${profile}</filesystem>`;
}

function profileXml(policy: SandboxPolicy, entries: PermissionEntry[] | undefined, scanDepth?: number): string {
  if (entries) {
    const depth = scanDepth === undefined ? "" : ` glob_scan_max_depth="${scanDepth}"`;
    return `<permission_profile type="managed"><file_system type="restricted"${depth}>${entries.map(entryXml).join("")}</file_system></permission_profile>`;
  }
  return policy.type === "externalSandbox"
    ? `<permission_profile type="external"><file_system type="external" /></permission_profile>`
    : `<permission_profile type="disabled"><file_system type="unrestricted" /></permission_profile>`;
}

/** What is denied stays so, whatever is asked: no approval lifts it. */
const entryXml = (entry: PermissionEntry): string =>
  `<entry access="${entry.access}"${entry.access === "deny" ? ' escalatable="false"' : ""}>${placeXml(entry)}</entry>`;

function placeXml(entry: PermissionEntry): string {
  if ("special" in entry) return `<special>:${entry.special}</special>`;
  return "glob" in entry ? `<glob>${escapeXml(entry.glob)}</glob>` : `<path>${escapeXml(entry.path)}</path>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
