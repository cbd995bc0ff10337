import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandIn, launcherFor, leftIn, makePlace, routes, runConfined, type Place } from "../sandbox.test-support.ts";
import type { Session } from "../launcher.ts";
import { fileRules, nearestPolicy, sessionRules } from "./file-rules.ts";
import { readProfile, type WrittenProfiles } from "./profile.ts";

/** Profiles against the real sandbox. */

const places: Place[] = [];

function place(): Place {
  const made = makePlace();
  places.push(made);
  mkdirSync(join(made.workspace, "sub"));
  mkdirSync(join(made.workspace, "private/open"), { recursive: true });
  for (const name of ["a.env", "sub/b.env", "private/key", "private/open/note", "plain"]) {
    writeFileSync(join(made.workspace, name), `content of ${name}\n`);
  }
  writeFileSync(join(made.outside, "secret"), "outside\n");
  symlinkSync(join(made.outside, "secret"), join(made.workspace, "way"));
  return made;
}

afterAll(() => {
  for (const { base } of places) rmSync(base, { recursive: true, force: true });
});

type Filesystem = WrittenProfiles[string]["filesystem"];

async function run(
  route: (typeof routes)[number]["route"],
  there: Place,
  filesystem: Filesystem,
  script: string,
  more: Partial<Session> = {},
) {
  const profile = readProfile("x", { x: { filesystem } }, there.home);
  if (!profile.ok) throw new Error(profile.error.message);
  const workspaceRoots = [there.workspace];
  const rules = fileRules(profile.value, workspaceRoots);
  const session = { policy: nearestPolicy(profile.value), workspaceRoots, rules, ...more };
  const command = commandIn(there, `exec 2>/dev/null; ${script}; exit 0`);
  return (await runConfined(launcherFor(there, route), command, session)).output;
}

for (const { route, missing } of routes) {
  describe.skipIf(missing)(`${route}${missing ? " (not installed here)" : ""}`, () => {
    test("denied files and folders cannot be read, by any name; what is allowed inside can", async () => {
      const there = place();
      const filesystem: Filesystem = {
        ":root": "read",
        [there.outside]: "deny",
        ":workspace_roots": {
          ".": "write",
          "**/*.env": "deny",
          private: "deny",
          "private/open": "read",
          plain: "read",
        },
      };
      const output = await run(
        route,
        there,
        filesystem,
        `cat a.env sub/b.env private/key way ${there.outside}/secret /proc/self/cwd/a.env /proc/self/root${there.workspace}/sub/b.env
         ls private; ls ${there.outside}; cat private/open/note; echo x > private/open/y && echo wrote; echo x >> plain && echo wrote
         mv a.env stolen && cat stolen; ln a.env hard && cat hard; cp -r private copy; cat copy/key; rm -r private; umount private && cat private/key
         : > new && echo made`,
      );
      expect(output).toBe("open\ncontent of private/open/note\nmade\n");
      expect(readdirSync(join(there.workspace, "private")).sort()).toEqual(["key", "open"]);
      expect(readdirSync(there.outside)).toEqual(["secret"]);
    });

    test("without :root only what is listed is there, and programs run with :minimal", async () => {
      const there = place();
      const output = await run(
        route,
        there,
        { ":minimal": "read", ":workspace_roots": { ".": "read", sub: "write" } },
        `cat plain; cat ${there.outside}/secret ${there.home}/*; ls ${there.base}; ls /root /home /var/log /tmp /run; echo x > sub/x && echo wrote
         echo x > x && echo wrote; mkdir /tmp/x && echo made; mkdir ${there.outside}/d && echo made; git --version | cut -c 1-3`,
      );
      expect(output).toBe("content of plain\nwork\nwrote\ngit\n");
      expect((await leftIn(join(there.workspace, "sub"))).sort()).toEqual(["b.env", "x"]);
    });

    test("a command that was let out writes everywhere, and reads nothing of what is denied", async () => {
      const there = place();
      const filesystem: Filesystem = {
        ":root": "read",
        [join(there.outside, "secret")]: "deny",
        ":workspace_roots": { "**/*.env": "deny", private: "deny", "private/open": "read", plain: "read" },
      };
      const output = await run(
        route,
        there,
        filesystem,
        `cat a.env sub/b.env private/key way ${there.outside}/secret; cat private/open/note; echo x > private/open/y && echo opened
         echo x >> plain && echo plain; echo x > ${there.outside}/new && echo outside; mkdir .codex && echo names; echo x > ${there.home}/new && echo home
         umount private && cat private/key; (exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 | grep -o refused; : > /proc/sys/kernel/hostname && echo kernel`,
        { left: true },
      );
      expect(output).toBe("content of private/open/note\nplain\noutside\nnames\nhome\n");
      expect(readdirSync(join(there.workspace, "private", "open"))).toEqual(["note"]);
    });

    test("what an administrator closes stays closed where a profile opens it, and for who was let out", async () => {
      const there = place();
      const filesystem: Filesystem = {
        ":root": "read",
        ":workspace_roots": { ".": "write", "private/open": "write", "sub/b.env": "read" },
        glob_scan_max_depth: 1,
      };
      const workspaceRoots = [there.workspace];
      const profile = readProfile("x", { x: { filesystem } }, there.home);
      if (!profile.ok) throw new Error(profile.error.message);
      const deny_read = [join(there.workspace, "private"), `${there.workspace}/**/*.env`];
      const demands = { requirements: { permissions: { filesystem: { deny_read } } }, requirementsFile: "/etc/r.toml" };
      const rules = sessionRules({ profile: profile.value, demands }, workspaceRoots);
      const script =
        "cat a.env sub/b.env private/key private/open/note; ls private/open; echo x > private/open/y; cat plain";
      for (const left of [false, true]) {
        expect(await run(route, there, filesystem, script, { rules, left })).toBe("content of plain\n");
      }
      expect(readdirSync(join(there.workspace, "private", "open"))).toEqual(["note"]);
    });

    test("a glob covers what is there when the command starts, as deep as it is to look", async () => {
      const there = place();
      const filesystem: Filesystem = {
        ":root": "read",
        ":workspace_roots": { "**/*.env": "deny" },
        glob_scan_max_depth: 1,
      };
      expect(await run(route, there, filesystem, "cat a.env sub/b.env")).toBe("content of sub/b.env\n");
    });
  });
}
