import { expect, test } from "bun:test";
import type { SandboxPolicy } from "@codex/protocol/thread";
import type { MachineFacts, PathFacts } from "./machine-facts.ts";
import { planLaunch, protectionOf, type Plan } from "./plan.ts";

/** A machine with these things on it; folders are those that end in a slash, links name their target. */
function machine(things: Record<string, PathFacts | string[]>, more: Partial<MachineFacts> = {}): MachineFacts {
  const facts = new Map(Object.entries(things));
  const factsOf = (path: string): PathFacts => {
    const found = facts.get(path);
    return found === undefined ? { kind: "missing" } : Array.isArray(found) ? { kind: "file" } : found;
  };
  return {
    tmpdir: undefined,
    codexHome: "/home/u/.codex",
    sockets: [],
    findNamed: () => [],
    list: () => [],
    expand: () => [],
    look: factsOf,
    realPath(path) {
      const found = factsOf(path);
      return found.kind === "link" ? found.target : found.kind === "missing" ? undefined : path;
    },
    gitFolders(path) {
      const found = facts.get(path);
      return Array.isArray(found) ? found : [];
    },
    ...more,
  };
}

const folder: PathFacts = { kind: "directory" };

const writing = (more: object = {}): SandboxPolicy => ({
  type: "workspaceWrite",
  writableRoots: [],
  networkAccess: false,
  excludeTmpdirEnvVar: false,
  excludeSlashTmp: true,
  ...more,
});

const at = (policy: SandboxPolicy, ...workspaceRoots: string[]) => ({ policy, workspaceRoots });

test("runs as it is where there is no sandbox or another one", () => {
  const none = machine({});
  expect(planLaunch(at({ type: "dangerFullAccess" }, "/ws"), none)).toEqual({ type: "unconfined" });
  expect(planLaunch(at({ type: "externalSandbox", networkAccess: "enabled" }, "/ws"), none)).toEqual({
    type: "unconfined",
  });
});

test("read-only has nothing writable; with network the host's sockets are hidden", () => {
  const host = machine({ "/ws": folder, "/tmp": folder }, { sockets: ["/run/docker.sock"] });
  const plan: Plan = { type: "confined", network: false, mounts: [], placeholders: [], links: [] };
  expect(planLaunch(at({ type: "readOnly", networkAccess: false }, "/ws"), host)).toEqual(plan);
  expect(planLaunch(at({ type: "readOnly", networkAccess: true }, "/ws"), host)).toEqual({
    ...plan,
    network: true,
    mounts: [{ path: "/run/docker.sock", access: "hidden" }],
  });
});

test("each root is writable but for the protected names at its top, there or not", () => {
  const host = machine({ "/ws": folder, "/ws/.git": folder, "/ws/.codex": { kind: "file" }, "/tmp": folder });
  expect(
    planLaunch(at(writing({ excludeSlashTmp: false, writableRoots: ["/gone", "relative"] }), "/ws"), host),
  ).toEqual({
    type: "confined",
    network: false,
    mounts: [
      { path: "/tmp", access: "write" },
      { path: "/ws", access: "write" },
      { path: "/ws/.codex", access: "read" },
      { path: "/ws/.git", access: "read" },
    ],
    placeholders: ["/ws/.agents", "/ws/.aws", "/tmp/.git", "/tmp/.agents", "/tmp/.codex", "/tmp/.aws"],
    links: [],
  });
});

/** Paths by access. */
function mounts(session: Parameters<typeof planLaunch>[0], host: MachineFacts) {
  const plan = planLaunch(session, host);
  if (plan.type === "unconfined") throw new Error("unconfined");
  const by = (wanted: string) => plan.mounts.filter(({ access }) => access === wanted).map(({ path }) => path);
  return { write: by("write"), read: by("read"), links: plan.links, placeholders: plan.placeholders };
}

test("TMPDIR, further roots and our memories are writable; the switches take the temporary folders away", () => {
  const host = machine(
    { "/ws": folder, "/more": folder, "/scratch": folder, "/tmp": folder, "/home/u/.codex/memories": folder },
    { tmpdir: "/scratch" },
  );
  const policy = writing({ writableRoots: ["/more/"], excludeSlashTmp: false });
  const roots = ["/more", "/scratch", "/tmp", "/ws", "/home/u/.codex/memories"];
  expect(mounts(at(policy, "/ws"), host).write).toEqual(roots);
  const strict = writing({ excludeTmpdirEnvVar: true });
  expect(mounts(at(strict, "/ws"), host).write).toEqual(["/ws", "/home/u/.codex/memories"]);
});

test("our own settings stay read-only inside a writable root, the memories in them writable", () => {
  const host = machine({ "/tmp": folder, "/tmp/c": folder, "/tmp/c/memories": folder }, { codexHome: "/tmp/c" });
  const { write, read } = mounts(at(writing({ excludeSlashTmp: false })), host);
  expect({ write, read }).toEqual({ write: ["/tmp", "/tmp/c/memories"], read: ["/tmp/c"] });
});

test("a pointer file protects the git folders it leads to where they could be written", () => {
  const host = machine({ "/ws": folder, "/more": folder, "/ws/.git": ["/more/g/worktrees/w", "/elsewhere"] });
  expect(mounts(at(writing({ writableRoots: ["/more"] }), "/ws"), host).read).toEqual([
    "/ws/.git",
    "/more/g/worktrees/w",
  ]);
});

test("a protected name that is a link protects its target, and the link is to be kept", () => {
  const host = machine({
    "/ws": folder,
    "/ws/.git": { kind: "link", target: "/ws/store" },
    "/ws/store": folder,
    "/ws/.codex": { kind: "link", target: "/ws/absent" },
    "/ws/.agents": { kind: "link", target: "/outside" },
    "/ws/.aws": folder,
  });
  expect(mounts(at(writing(), "/ws"), host)).toEqual({
    write: ["/ws"],
    read: ["/ws/.aws", "/ws/store"],
    placeholders: ["/ws/absent"],
    links: [
      { path: "/ws/.git", target: "/ws/store" },
      { path: "/ws/.agents", target: "/outside" },
      { path: "/ws/.codex", target: "/ws/absent" },
    ],
  });
});

test("a root inside another counts only while it leads there: an earlier command may have made it a link", () => {
  const host = machine({
    "/ws": folder,
    "/ws/sub": { kind: "link", target: "/etc" },
    "/ws/good": { kind: "link", target: "/ws/real" },
    "/ws/real": folder,
  });
  const { write } = mounts(at(writing({ writableRoots: ["/ws/sub", "/ws/good"] }), "/ws"), host);
  expect(write).toEqual(["/ws", "/ws/real"]);
});

test("a protected folder that a person names as a root is writable", () => {
  const host = machine({ "/ws": folder, "/ws/.git": folder });
  const { write, read } = mounts(at(writing({ writableRoots: ["/ws/.git"] }), "/ws"), host);
  expect({ write, read }).toEqual({ write: ["/ws", "/ws/.git"], read: [] });
});

test("names that a person adds are protected too, and at every depth if they want", () => {
  const host = machine(
    { "/ws": folder, "/ws/sub/.git": folder, "/ws/CODEOWNERS": { kind: "file" } },
    { findNamed: (_, names) => (names.includes("CODEOWNERS") ? ["/ws/CODEOWNERS", "/ws/sub/.git"] : []) },
  );
  const settings = { protected_names: ["CODEOWNERS"] };
  const readOnly = (more: object) => {
    const plan = planLaunch(at(writing(), "/ws"), host, protectionOf({ ...settings, ...more }));
    return plan.type === "confined" ? plan.mounts.filter(({ access }) => access === "read") : [];
  };
  expect(readOnly({})).toEqual([{ path: "/ws/CODEOWNERS", access: "read" }]);
  expect(readOnly({ protect_nested: true })).toEqual([
    { path: "/ws/CODEOWNERS", access: "read" },
    { path: "/ws/sub/.git", access: "read" },
  ]);
});
