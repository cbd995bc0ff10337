import { afterAll, describe, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { SandboxPolicy } from "@codex/protocol/thread";
import {
  launcherFor,
  leftIn,
  makePlace,
  routes,
  runScript,
  writing,
  isInstalled,
  type Place,
} from "./sandbox.test-support.ts";

/** Real attempts to get out, and real work that must not be hindered. A route that this machine lacks is skipped, visibly. */

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

for (const { route, missing } of routes) {
  describe.skipIf(missing)(`${route}${missing ? " (not installed here)" : ""}`, () => {
    const here = place();
    const launcher = launcherFor(here, route);
    const run = (script: string, policy?: SandboxPolicy, roots?: string[]) =>
      runScript(launcher, here, script, policy, roots);

    test("writes in the workspace and in /tmp, nowhere else", async () => {
      const name = `codex-attempt-${process.pid}`;
      const script = `echo a > in && echo b > /tmp/${name} && rm /tmp/${name} && echo inside
        for f in ${here.outside}/x ${here.home}/x /etc/x /var/tmp/x ../x ./sub/../../x /usr/x /sys/kernel/x; do
          echo c > "$f" && echo "wrote $f"; done 2>/dev/null
        ln -s ${here.outside} way; echo d > way/x && echo "wrote through a link"
        ln ${here.outside}/x hard; mkdir ${here.outside}/d && echo "made a folder"; exit 0`;
      const { output } = await run(script);
      expect(output.split("\n").filter((line) => /^(inside|wrote|made)/.test(line))).toEqual(["inside"]);
      expect(readdirSync(here.outside)).toEqual([]);
      expect(readFileSync(join(here.workspace, "in"), "utf8")).toBe("a\n");
    });

    test("read-only: nothing is written", async () => {
      const { output } = await run("touch ro || touch /tmp/ro-$$ || echo blocked", reading);
      expect(output).toContain("blocked");
      expect(existsSync(join(here.workspace, "ro"))).toBe(false);
    });

    test("missing protected names cannot be made, and leave no trace", async () => {
      const there = place();
      const { output } = await runScript(
        launcherFor(there, route),
        there,
        `for n in .git .agents .codex .aws; do
           mkdir $n; ln -s /etc $n; rmdir $n; mv $n x; echo a > $n/file && echo made; rm -rf $n; mkdir /tmp/$n/x && echo made; done`,
      );
      expect(output).not.toContain("made");
      expect(await leftIn(there.workspace)).toEqual([]);
    });

    test("an existing .git can be read and not changed, moved or covered", async () => {
      const there = place();
      Bun.spawnSync(["git", "init", "-q", there.workspace]);
      writeFileSync(join(there.workspace, "a"), "a");
      const { output } = await runScript(
        launcherFor(there, route),
        there,
        `git status --short; echo x > .git/hooks/pre-commit && echo hooked; git config a.b c && echo configured
         mv .git g && echo moved; rm -rf .git; umount .git && echo unmounted; mount --bind /tmp .git && echo covered
         mkdir -p sub/.git && echo nested`,
      );
      expect(output).toContain("?? a");
      expect(output.match(/^(hooked|configured|moved|unmounted|covered|nested)$/gm)).toEqual(["nested"]);
      expect(existsSync(join(there.workspace, ".git/HEAD"))).toBe(true);
    });

    test("a protected name that is a link stays one, and its target is protected", async () => {
      const there = place();
      mkdirSync(join(there.workspace, "store"));
      symlinkSync("store", join(there.workspace, ".git"));
      const { output } = await runScript(
        launcherFor(there, route),
        there,
        "echo ran; echo x > .git/hook && echo wrote; echo x > store/hook && echo wrote; rm -f .git && mkdir .git && echo x > .git/hook; exit 0",
      );
      expect(output).toContain("ran\n");
      expect(output).not.toContain("wrote");
      expect(readlinkSync(join(there.workspace, ".git"))).toBe("store");
      expect(readdirSync(join(there.workspace, "store"))).toEqual([]);
    });

    test("a worktree's git folder in another writable root is protected", async () => {
      const there = place();
      const git = join(there.outside, "g");
      mkdirSync(git);
      writeFileSync(join(there.workspace, ".git"), `gitdir: ${git}\n`);
      const policy = { ...writing, writableRoots: [there.outside] };
      const script = `echo a > ${there.outside}/ok && echo outer; echo x > ${git}/config && echo wrote; echo x > .git && echo wrote`;
      const { output } = await runScript(launcherFor(there, route), there, script, policy);
      expect(output).toContain("outer");
      expect(output).not.toContain("wrote");
    });

    test("no capabilities, no new privileges, a filter, no inherited descriptors, default signals", async () => {
      const { output } = await run(
        "grep -E '^(Cap(Eff|Bnd|Prm)|NoNewPrivs|Seccomp|SigIgn):' /proc/self/status | tr -d '\\t'; cd /proc/self/fd && echo *",
      );
      expect(output.trim().split("\n")).toEqual([
        "SigIgn:0000000000000000",
        ...["CapPrm", "CapEff", "CapBnd"].map((name) => `${name}:0000000000000000`),
        "NoNewPrivs:1",
        "Seccomp:2",
        expect.stringMatching(/^0 1 2( 3| 255)?$/),
      ]);
    });

    test("the machine's settings cannot be written, not by root either", async () => {
      const { output } = await run(
        `for f in /proc/sys/kernel/core_pattern /proc/sysrq-trigger /proc/sys/vm/drop_caches /proc/irq/default_smp_affinity; do
           [ -e $f ] && exec 9<&- && (: >> $f) && echo "opened $f"; done 2>/dev/null; echo done
         (echo 0 > /proc/self/oom_score_adj) && echo own`,
      );
      expect(output).toBe("done\nown\n");
    });

    test("no disks or memory in /dev; null, shm and terminals are there", async () => {
      const { output } = await run(
        `ls /dev | grep -vxE 'console|core|fd|full|null|ptmx|pts|random|shm|stderr|stdin|stdout|tty|urandom|zero'
         echo x > /dev/null && echo y > /dev/shm/y && head -c 4 /dev/urandom | wc -c; mknod d b 254 0 && echo made
         python3 -c 'import os; a, b = os.openpty(); print(os.ttyname(b))'`,
      );
      expect(output.replace(/^mknod.*\n/m, "")).toBe("4\n/dev/pts/0\n");
      expect(existsSync("/dev/shm/y")).toBe(false);
    });

    test("host processes are neither seen nor reached", async () => {
      const { output } = await run(
        `kill -0 ${process.pid} && echo reached; ls -d /proc/${process.pid} && echo seen; ps ax | wc -l`,
      );
      expect(output).not.toMatch(/reached|seen/);
      expect(Number(output.trim().split("\n").at(-1))).toBeLessThan(8);
    });

    test("a namespace of its own gives nothing back", async () => {
      const { output } = await run(
        `unshare -Ur true && echo user; unshare -Urm sh -c 'mount -o remount,rw,bind / && touch /etc/x' && echo remounted
         unshare -m true && echo mounts; nsenter -t 1 -m true && echo entered; chroot / true && echo chroot; echo over`,
      );
      expect(output).not.toMatch(/^(user|remounted|mounts|entered|chroot)$/m);
      expect(output).toContain("over");
    });

    test("sockets: no network, no named or datagram Unix socket; pairs of streams work", async () => {
      const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
      const { output } = await run(
        `cat > s.py <<'PY'
import os, socket as s, sys
def attempt(name, act):
    try: act(); print(name, "worked")
    except OSError as e: print(name, e.errno)
attempt("tcp", lambda: s.create_connection(("127.0.0.1", int(sys.argv[1]))))
for name, family, kind in [("inet", s.AF_INET, s.SOCK_STREAM), ("inet6", s.AF_INET6, s.SOCK_DGRAM), ("netlink", 16, s.SOCK_RAW),
    ("vsock", 40, s.SOCK_STREAM), ("datagram", s.AF_UNIX, s.SOCK_DGRAM), ("raw", s.AF_UNIX, s.SOCK_RAW)]:
    attempt(name, lambda: s.socket(family, kind))
attempt("datagram_pair", lambda: s.socketpair(s.AF_UNIX, s.SOCK_DGRAM))
attempt("connect", lambda: s.socket(s.AF_UNIX).connect("/run/x.sock"))
attempt("abstract", lambda: s.socket(s.AF_UNIX).connect("\\0x"))
attempt("bind", lambda: s.socket(s.AF_UNIX).bind("b.sock"))
a, b = s.socketpair()
attempt("send", lambda: a.send(b"x"))
attempt("options", lambda: (a.setsockopt(s.SOL_SOCKET, s.SO_SNDBUF, 4096), a.getsockopt(s.SOL_SOCKET, s.SO_TYPE), a.getsockname()))
PY
python3 s.py ${server.port}; (exec 5<>/dev/tcp/127.0.0.1/${server.port}) 2>/dev/null && echo reached`,
      );
      server.stop(true);
      const blocked = `tcp inet inet6 netlink vsock datagram raw
        datagram_pair connect abstract bind`.split(/\s+/);
      expect(output.trim().split("\n")).toEqual([
        ...blocked.map((name) => `${name} 1`),
        "send worked",
        "options worked",
      ]);
    });

    test("with network access the machine's own is used; tracing stays denied", async () => {
      const server = Bun.listen({
        hostname: "127.0.0.1",
        port: 0,
        socket: { data() {}, open: (socket) => void socket.end("hello") },
      });
      const { output } = await run(
        `cat < /dev/tcp/127.0.0.1/${server.port}; echo
         python3 -c '
import ctypes, socket
c = ctypes.CDLL(None, use_errno=True)
for name, call in [("ptrace", lambda: c.ptrace(0, 0, 0, 0)), ("vsock", lambda: c.socket(40, 1, 0)), ("io_uring", lambda: c.syscall(425, 1, 0)),
    ("keyctl", lambda: c.syscall(ctypes.c_long(${process.arch === "arm64" ? 219 : 250}), 0, 0))]:
    print(name, call(), ctypes.get_errno())
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); print("unix")'`,
        online,
      );
      server.stop(true);
      expect(output).toBe("hello\nptrace -1 1\nvsock -1 1\nio_uring -1 1\nkeyctl -1 1\nunix\n");
    });

    test("ordinary programs work: pools, IPC, pipes, pseudo-terminals, exit codes", async () => {
      writeFileSync(join(here.workspace, "child.js"), 'process.send("from child"); process.disconnect()');
      const { output } = await run(
        `python3 -c '
import multiprocessing as m
if __name__ == "__main__":
    with m.Pool(2) as p: print(p.map(abs, [-1, -2]))'
         node -e 'require("child_process").fork("./child.js").on("message", (m) => console.log(m))'
         yes | head -n 1; script -qec 'tty >/dev/null && echo terminal' /dev/null | tr -d '\\r'
         (kill -9 $BASHPID); echo $?; sh -c 'kill -TERM $$'; echo $?; not-a-program 2>/dev/null; echo $?`,
      );
      const lines = output.split("\n").filter((line) => !/Killed|Terminated/.test(line));
      expect(lines).toEqual(["[1, 2]", "from child", "y", "terminal", "137", "143", "127", ""]);
    });

    test("the command's exit code and signal come through", async () => {
      expect((await run("exit 7")).code).toBe(7);
      expect((await run("kill -KILL $$")).code).toBe(137);
      expect((await run("kill -TERM $$; sleep 5")).code).toBe(143);
    });

    test("what it leaves in the background dies with it", async () => {
      // It would outlive the pause below by far, and make the file then.
      await run(`(setsid sh -c 'sleep 0.3; touch late' >/dev/null 2>&1 &) ; exit 0`);
      await Bun.sleep(600);
      expect(existsSync(join(here.workspace, "late"))).toBe(false);
    });

    test("many at once share the placeholders, and the last one removes them", async () => {
      const there = place();
      const launchers = [launcherFor(there, route), launcherFor(there, route)];
      const runs = Array.from({ length: 12 }, (_, i) =>
        runScript(launchers[i % 2] ?? launcher, there, `sleep 0.${i % 4}; mkdir .codex/x .git/x; ls -A`),
      );
      for (const { output } of await Promise.all(runs)) {
        expect(output.match(/^\.(agents|aws|codex|git)$/gm)?.length).toBe(4);
      }
      expect(await leftIn(there.workspace)).toEqual([]);
    });

    test.skipIf(process.getuid?.() !== 0 || !isInstalled("setpriv"))("as another user than root", () => {
      const there = place();
      chmodSync(there.base, 0o755);
      for (const folder of [there.workspace, there.outside, there.home]) chownSync(folder, 65534, 65534);
      const program = join(import.meta.dir, "run-as-user.test-support.ts");
      const user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
      const child = Bun.spawnSync([...user, process.execPath, program, route, JSON.stringify(there)], {
        env: { PATH: process.env["PATH"], HOME: "/nonexistent" },
      });
      expect(child.stdout.toString() + child.stderr.toString()).toBe("65534\ninside\ndone\n");
      expect(readdirSync(there.workspace)).toEqual(["in"]);
    });
  });
}
