import type { AskForApproval, SandboxPolicy } from "@codex/protocol/thread";
import type { DomainRules } from "@codex/sandbox/network/domain-rules";
import { permissionEntries, type PermissionDetails } from "./permission-entries.ts";
import onRequest from "./permissions-on-request.md" with { type: "text" };

/** What a session may do, and where. */
export type PermissionFacts = {
  readonly policy: SandboxPolicy;
  readonly approval: AskForApproval;
  /** Absolute; the session's own. */
  readonly workspaceRoots: readonly string[];
  /** Where they govern what commands reach. */
  readonly networkRules?: DomainRules | undefined;
  /** The value of TMPDIR where it is set. */
  readonly tmpdir?: string;
  /** What the policy does not say. */
  readonly details?: PermissionDetails;
};

/** The developer part that tells the model what the sandbox allows and when it may ask for more. */
export function permissionsInstructions(facts: PermissionFacts): string {
  const lines = [
    `${sandboxSentence(facts.policy)} ${networkSentence(facts)}`,
    approvalText(facts.approval),
    ...writableRootsLine(facts),
    ...deniedLines(facts),
  ];
  return `<permissions instructions>\n${lines.join("\n")}\n</permissions instructions>`;
}

function sandboxSentence(policy: SandboxPolicy): string {
  const mode = (name: string, rule: string) =>
    `A sandbox decides which files commands may read and write. \`sandbox_mode\` is \`${name}\`: ${rule}`;
  switch (policy.type) {
    case "readOnly":
      return mode("read-only", "files may be read, none may be written.");
    case "workspaceWrite":
      return mode(
        "workspace-write",
        "files may be read, and written under `cwd` and the `writable_roots`. Writing anywhere else needs approval.",
      );
    // Where something outside confines us, nothing of ours does: for the model that is full access.
    case "externalSandbox":
    case "dangerFullAccess":
      return mode("danger-full-access", "files are not sandboxed, every command may run.");
  }
}

function networkSentence({ networkRules: rules, policy }: PermissionFacts): string {
  if (!rules) return `Network access is ${networkEnabled(policy) ? "enabled" : "restricted"}.`;
  const list = (wanted: "allow" | "deny") =>
    rules.domains.flatMap(({ pattern, decision }) => (decision === wanted ? [`\`${pattern}\``] : [])).join(", ");
  const denied = list("deny") === "" ? "" : ` Denied: ${list("deny")}.`;
  const reading = rules.mode === "limited" ? " Only GET, HEAD and OPTIONS over plain HTTP pass." : "";
  return `Network access is limited to a proxy, which the environment variables name, and to these hosts: ${list("allow") || "none"}.${denied}${reading}`;
}

function networkEnabled(policy: SandboxPolicy): boolean {
  switch (policy.type) {
    case "dangerFullAccess":
      return true;
    case "externalSandbox":
      return policy.networkAccess === "enabled";
    case "readOnly":
    case "workspaceWrite":
      return policy.networkAccess;
  }
}

function approvalText(approval: AskForApproval): string {
  if (typeof approval === "object") return granularText(approval.granular);
  switch (approval) {
    case "never":
      return "The approval policy is `never`: nobody can be asked. Do not set `sandbox_permissions`, such a call is rejected.";
    case "untrusted":
      return "The approval policy is `untrusted`: a command waits for the user's approval unless it only reads, or a rule of theirs allows it.";
    case "on-request":
      return onRequest.trimEnd();
  }
}

type Granular = Extract<AskForApproval, object>["granular"];
/** Those that concern the tools we offer, in the order in which they are listed. */
const categories = [
  "sandbox_approval",
  "rules",
  "skill_approval",
  "mcp_elicitations",
] as const satisfies (keyof Granular)[];

function granularText(granular: Granular): string {
  const list = (title: string, allowed: boolean) => {
    const names = categories.filter((name) => granular[name] === allowed).map((name) => `- \`${name}\``);
    return names.length === 0 ? [] : [[title, ...names].join("\n")];
  };
  return [
    "# Approvals\n\nThe approval policy is `granular`: each kind of request is either put to the user or rejected unasked.",
    ...list("The user may be asked for:", true),
    ...list("Rejected without asking:", false),
  ].join("\n\n");
}

function writableRootsLine(facts: PermissionFacts): string[] {
  const roots = writableRoots(facts).map((root) => `\`${root}\``);
  if (roots.length === 0) return [];
  return [` The writable ${roots.length === 1 ? "root is" : "roots are"} ${roots.join(", ")}.`];
}

/** What may not be read, paths before globs. */
function deniedLines({ policy, workspaceRoots, details, tmpdir }: PermissionFacts): string[] {
  const denied = (permissionEntries(policy, workspaceRoots, details) ?? []).filter(({ access }) => access === "deny");
  const paths = denied.flatMap((entry) => {
    if ("path" in entry) return [entry.path];
    if (!("special" in entry)) return [];
    return entry.special === "slash_tmp" ? ["/tmp"] : entry.special === "tmpdir" && tmpdir ? [tmpdir] : [];
  });
  const globs = denied.flatMap((entry) => ("glob" in entry ? [entry.glob] : []));
  if (paths.length + globs.length === 0) return [];
  return [
    "Reading these paths and globs is denied. No approval lifts that, so do not ask for one:",
    ...paths.map((path) => `- path \`${path}\``),
    ...globs.map((glob) => `- glob \`${glob}\``),
  ];
}

/** Every root under which commands may write, sorted. Empty where the policy names none. */
export function writableRoots({ policy, workspaceRoots, tmpdir }: PermissionFacts): string[] {
  if (policy.type !== "workspaceWrite") return [];
  const roots = new Set([...workspaceRoots, ...policy.writableRoots]);
  if (!policy.excludeSlashTmp) roots.add("/tmp");
  if (!policy.excludeTmpdirEnvVar && tmpdir !== undefined && tmpdir !== "") roots.add(tmpdir);
  return [...roots].sort();
}
