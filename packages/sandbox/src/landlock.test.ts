import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { landlockVersion } from "@codex/platform/libc";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { launcherFor, makePlace, commandIn, runScript, writing, type Place } from "./sandbox.test-support.ts";

/** The route for machines without user namespaces, by real attempts. */

const places: Place[] = [];

function place(): Place {
  const made = makePlace();
  places.push(made);
  return made;
}

afterAll(() => {
  for (const { base } of places) rmSync(base, { recursive: true, force: true });
});

const reading: SandboxPolicy = { type: "readOnly", networkAccess: false };
const online: SandboxPolicy = { type: "readOnly", networkAccess: true };

describe.skipIf(process.platform !== "linux" || landlockVersion() === 0)("landlock", () => {
  const here = place();
  const launcher = launcherFor(here, "landlock", { fallback: "landlock" });

  test("read-only: nothing is written, by whatever way; reading, devices and locks work", async () => {
    writeFileSync(join(here.workspace, "old"), "old");
    const { output } = await runScript(
      launcher,
      here,
      `cat old; for f in new old /tmp/new-$$ ${here.outside}/x /etc/x /proc/sys/kernel/core_pattern; do (: >> $f) && echo "wrote $f"; done 2>/dev/null
       rm -f old; mv old b; ln old c; chmod 777 . 2>/dev/null; mkdir d; truncate -s 0 old; echo x > /dev/null && echo null
       python3 -c 'import multiprocessing as m; m.Lock(); p = m.Pool(2); print(p.map(abs, [-1]))'`,
      reading,
    );
    expect(output.match(/^wrote.*/gm)).toBeNull();
    expect(output).toStartWith("old");
    expect(output).toEndWith("null\n[1]\n");
    expect(readFileSync(join(here.workspace, "old"), "utf8")).toBe("old");
    expect(readdirSync(here.workspace)).toEqual(["old"]);
  });

  test("workspace-write: in the folders and nowhere else; protected names are told as lost", async () => {
    const there = place();
    mkdirSync(join(there.workspace, ".git"));
    const own = launcherFor(there, "landlock", { fallback: "landlock" });
    const { output } = await runScript(
      own,
      there,
      `echo a > in && mkdir d && mv in d/in && echo inside; for f in ${there.outside}/x ${there.home}/x /etc/x ../x; do
         (: >> $f) && echo "wrote $f"; done 2>/dev/null; ln -s ${there.outside} way; (: > way/x) 2>/dev/null && echo "wrote by a link"; exit 0`,
    );
    expect(output).toBe("inside\n");
    expect(readdirSync(there.outside)).toEqual([]);
    expect(readdirSync(there.workspace).sort()).toEqual([".git", "d", "way"]);
    const prepared = await own.prepare(commandIn(there, ":"), { policy: writing, workspaceRoots: [there.workspace] });
    if (!prepared.ok) throw new Error(prepared.error.message);
    expect(prepared.value.notice).toContain(join(there.workspace, ".git"));
    expect(prepared.value.contained).toBe(false);
    prepared.value.dispose();
  });

  test("no privileges, no tracing, no signals or abstract sockets outside, no network where it is off", async () => {
    const server = Bun.listen({ unix: `\0codex-landlock-${process.pid}`, socket: { data() {} } });
    const script = `grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\t'
      cat /proc/${process.pid}/environ >/dev/null 2>&1 && echo environ
      python3 -c '
import os, socket
def attempt(name, act):
    try: act(); print(name)
    except OSError as e: print("no", name)
attempt("signal", lambda: os.kill(${process.pid}, 0))
attempt("abstract", lambda: socket.socket(socket.AF_UNIX).connect("\\0codex-landlock-${process.pid}"))
attempt("inet", lambda: socket.socket(socket.AF_INET))'`;
    const blocked = "CapEff:0000000000000000\nNoNewPrivs:1\nSeccomp:2\nno signal\nno abstract\n";
    const scoped = landlockVersion() >= 6;
    const [off, on] = [
      await runScript(launcher, here, script, reading),
      await runScript(launcher, here, script, online),
    ];
    server.stop(true);
    expect(off.output).toContain("no inet");
    expect(on.output).toContain("\ninet");
    if (scoped) expect([off.output, on.output]).toEqual([`${blocked}no inet\n`, `${blocked}inet\n`]);
  });

  test("exit codes and signals come through", async () => {
    expect((await runScript(launcher, here, "exit 7", reading)).code).toBe(7);
    expect((await runScript(launcher, here, "kill -TERM $$; sleep 5", reading)).code).toBe(143);
  });

  test("without a word of the person nothing that writes runs, and the way out is named", async () => {
    const plain = launcherFor(here, "landlock");
    const prepared = await plain.prepare(commandIn(here, "touch ran"), {
      policy: writing,
      workspaceRoots: [here.workspace],
    });
    expect(prepared.ok ? "ran" : prepared.error.message).toContain('set `fallback = "landlock"` under `[sandbox]`');
    expect(existsSync(join(here.workspace, "ran"))).toBe(false);
  });

  test.skipIf(process.getuid?.() !== 0)("taken by itself where the kernel allows no user namespaces", () => {
    const there = place();
    const program = join(import.meta.dir, "run-read-only.test-support.ts");
    const script = `echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"`;
    const argv = ["unshare", "-Ur", "sh", "-c", script, "sh", process.execPath, program, JSON.stringify(there)];
    const child = Bun.spawnSync(argv, { stdin: "ignore" });
    expect(child.stdout.toString()).toBe("blocked\n");
    expect(child.stderr.toString()).toContain("confined by Landlock");
    expect(readdirSync(there.workspace)).toEqual([]);
  });
});
