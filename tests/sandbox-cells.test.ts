// Who runs it × what the machine gives × what is to be done: what runs, what is refused, and what is said, by the built program.
import { afterAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { landlockVersion } from "@codex/platform/libc";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";

const base = realpathSync(mkdtempSync("/var/tmp/codex-cells-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
chmodSync(base, 0o755);

const isRoot = process.getuid?.() === 0;
const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
/** How to become them; whoever is not root can only be themselves. */
const users: Record<string, readonly string[]> = isRoot
  ? { root: [], "an ordinary user": asNobody }
  : { "an ordinary user": [] };

/**
 * Without user namespaces: inside one that may have no more. Its number 0 is whoever made it, and an ordinary user has there no
 * capability either.
 */
const without = (drop: string) => [
  "unshare",
  "-Ur",
  "sh",
  "-c",
  `echo 0 > /proc/sys/user/max_user_namespaces && exec ${drop} "$@"`,
  "sh",
];
const machines = {
  bubblewrap: { needs: "bwrap", settings: [], inside: () => [] },
  "no bubblewrap": { needs: "unshare", settings: ["-c", 'sandbox.bwrap_path="/nonexistent/bwrap"'], inside: () => [] },
  "no user namespaces": {
    needs: "setpriv",
    settings: [],
    inside: (user: string) => without(user === "root" ? "" : "setpriv --bounding-set=-all --inh-caps=-all"),
  },
  // As in a container: where something in /proc is covered, the kernel lets nobody mount another one.
  "no mounting of /proc": {
    needs: "bwrap",
    settings: [],
    inside: () => ["unshare", "-Urm", "sh", "-c", 'mount --bind /dev/null /proc/uptime && exec "$@"', "sh"],
  },
} satisfies Record<string, { needs: string; settings: string[]; inside: (user: string) => string[] }>;

const fallback = ["-s", "workspace-write", "-c", 'sandbox.fallback="landlock"'];
const modes = {
  "read-only": ["-s", "read-only"],
  "workspace-write": ["-s", "workspace-write"],
  "workspace-write with fallback": fallback,
};

type Cell = {
  readonly code: number;
  readonly out: string;
  readonly said: readonly string[];
  readonly left: readonly string[];
};

const noticeOfProc =
  "Sandboxed commands see the processes of this container in /proc (read-only), because it does not allow mounting another.";

/** What each cell has to show; a sentence that is said is given by words of it, and where nothing is said, nothing is. */
const held: Record<keyof typeof modes, Cell> = {
  "read-only": { code: 0, out: "note done", said: [], left: ["note"] },
  "workspace-write": { code: 0, out: "inside note done", said: [], left: ["in", "note"] },
  "workspace-write with fallback": { code: 0, out: "inside note done", said: [], left: ["in", "note"] },
};
const noticed: Record<keyof typeof modes, Cell> = {
  "read-only": { ...held["read-only"], said: [noticeOfProc] },
  "workspace-write": { ...held["workspace-write"], said: [noticeOfProc] },
  "workspace-write with fallback": { ...held["workspace-write with fallback"], said: [noticeOfProc] },
};
const off: Record<keyof typeof modes, Cell> = {
  "read-only": { code: 0, out: "note done", said: ["confined by Landlock"], left: ["note"] },
  "workspace-write": {
    code: 1,
    out: "",
    said: [
      "user namespaces are switched off",
      "sysctl user.max_user_namespaces=15000",
      'fallback = "landlock"',
      "danger-full-access",
    ],
    left: ["note"],
  },
  "workspace-write with fallback": {
    code: 0,
    out: "inside git note done",
    said: ["confined by Landlock", ".git", ".codex"],
    left: [".git", "in", "note"],
  },
};

const script = `exec 2>/dev/null; (echo x > in) && echo inside; (: > ../outside/x) && echo outside; (: > "$HOME/x") && echo home
mkdir .git && echo git; (: > /etc/x) && echo etc; (: >> /proc/sys/kernel/core_pattern) && echo sysctl; cat note; echo done`;

const cells: Partial<Record<keyof typeof machines, Record<keyof typeof modes, Cell>>> = {
  "no user namespaces": off,
  "no mounting of /proc": noticed,
};

let places = 0;

function run(user: string, machine: keyof typeof machines, mode: keyof typeof modes): Cell {
  const folder = join(base, String(places++));
  const [home, work, outside] = ["home", "work", "outside"].map((name) => join(folder, name));
  if (home === undefined || work === undefined || outside === undefined) throw new Error("three folders");
  for (const each of [folder, home, work, outside]) {
    mkdirSync(each);
    if (user !== "root" && isRoot) chownSync(each, 65534, 65534);
  }
  writeFileSync(join(work, "note"), "note\n");
  const { settings, inside } = machines[machine];
  const command = [binaryPath(), "sandbox", ...modes[mode], ...settings, "bash", "-c", script];
  const child = Bun.spawnSync([...(users[user] ?? []), ...inside(user), ...command], {
    cwd: work,
    env: { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home },
    stdin: "ignore",
    timeout: 20_000,
  });
  expect(readdirSync(outside)).toEqual([]);
  const said = child.stderr.toString();
  return {
    code: child.exitCode,
    out: child.stdout.toString().trim().replaceAll("\n", " "),
    said: said === "" ? [] : [said],
    left: readdirSync(work)
      .filter((name) => name !== ".codex")
      .sort(),
  };
}

const skipped = process.platform !== "linux";
for (const user of Object.keys(users)) {
  for (const [machine, { needs }] of Object.entries(machines) as [keyof typeof machines, { needs: string }][]) {
    const missing = Bun.which(needs) === null || (machine === "no user namespaces" && landlockVersion() === 0);
    describe.skipIf(skipped || missing)(`${user}, ${machine}${missing ? " (not possible here)" : ""}`, () => {
      test.each(Object.keys(modes) as (keyof typeof modes)[])("%s", (mode) => {
        const wanted = (cells[machine] ?? held)[mode];
        const { said, ...seen } = run(user, machine, mode);
        const { said: words, ...rest } = wanted;
        expect(seen).toEqual(rest);
        if (words.length === 0) expect(said).toEqual([]);
        for (const word of words) expect(said.join()).toContain(word);
        // One sentence or two, and no stack.
        expect(said.join()).not.toMatch(/\n\s+at |panic/);
      });
    });
  }
}
