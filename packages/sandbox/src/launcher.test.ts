import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnPty } from "@codex/platform/pty";
import { thisMachine } from "./machine.ts";
import { makeLauncher } from "./make-launcher.ts";
import {
  commandIn,
  innerFromSource,
  isInstalled,
  launcherFor,
  leftIn,
  makePlace,
  routes,
  runConfined,
  runScript,
  writing,
  type Place,
} from "./sandbox.test-support.ts";

const places: Place[] = [];

function place(): Place {
  const made = makePlace();
  places.push(made);
  return made;
}

afterAll(() => {
  for (const { base } of places) rmSync(base, { recursive: true, force: true });
});

for (const { route, missing } of routes) {
  describe.skipIf(missing)(`${route}${missing ? " (not installed here)" : ""}`, () => {
    test("a terminal is the command's own: Ctrl-C, job control, size and exit code", async () => {
      const there = place();
      const command = { ...commandIn(there, ""), argv: ["/bin/bash", "--norc", "-i"], tty: true };
      const session = { policy: writing, workspaceRoots: [there.workspace] };
      const prepared = await launcherFor(there, route).prepare(
        { ...command, env: { ...command.env, PS1: "> " } },
        session,
      );
      if (!prepared.ok) throw new Error(prepared.error.message);
      let shown = "";
      let wake = (): void => {};
      const child = spawnPty(prepared.value, { rows: 24, cols: 80 }, (bytes) => {
        shown += Buffer.from(bytes).toString();
        wake();
      });
      if (!child.ok) throw new Error(child.error);
      const { write, resize, exited } = child.value;
      /** Waits until the terminal shows it, and forgets all that it showed. */
      const until = async (pattern: RegExp): Promise<string> => {
        for (;;) {
          const seen = pattern.exec(shown);
          if (seen !== null) {
            shown = "";
            return seen[0];
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      };
      await until(/> $/);
      write("tty; stty size\n");
      await until(/\/dev\/\S+\r\n24 80/);
      write("echo go; sleep 100 && echo slept; echo after-$?\n");
      await until(/\ngo\r\n/);
      // The shell gives the terminal to the job just before it runs it; an interrupt that comes earlier would hit the shell.
      await Bun.sleep(100);
      write("\x03");
      await until(/\^C[^]*> $/);
      write("sleep 100 & fg\n");
      await until(/\r\nsleep 100\r\n/);
      await Bun.sleep(100);
      write("\x1a");
      await until(/Stopped[^]*> $/);
      write("kill -KILL %1; trap 'echo resized' WINCH\n");
      await until(/> $/);
      write("echo ready\n");
      await until(/\nready\r\n[^]*> $/);
      resize({ rows: 30, cols: 100 });
      write("\n\n");
      await until(/resized/);
      write("stty size; exit 7\n");
      await until(/30 100/);
      expect(await exited).toBe(7);
      prepared.value.dispose();
      expect(await leftIn(there.workspace)).toEqual([]);
    });

    test("a missing program is code 127 and a sentence", async () => {
      const there = place();
      const command = { ...commandIn(there, ""), argv: ["no-such-program", "x"] };
      const session = { policy: writing, workspaceRoots: [there.workspace] };
      const outcome = await runConfined(launcherFor(there, route), command, session);
      expect(outcome).toEqual({ code: 127, output: "no-such-program: command not found\n" });
    });

    test("the command has exactly its environment, that of loaders included", async () => {
      const there = place();
      const command = { ...commandIn(there, ""), argv: ["/usr/bin/env"] };
      const env = { A: "1", LD_LIBRARY_PATH: "/nowhere", BUN_OPTIONS: "--version", "odd.name": "é\n" };
      const session = { policy: writing, workspaceRoots: [there.workspace] };
      const { output } = await runConfined(launcherFor(there, route), { ...command, env }, session);
      const lines = output.split("\n").filter((line) => !/^(PWD=|OLDPWD=|$)/.test(line));
      expect(lines.sort()).toEqual(["A=1", "BUN_OPTIONS=--version", "LD_LIBRARY_PATH=/nowhere", "odd.name=é"]);
    });

    test("settings files in the workspace do not run before the sandbox is up", async () => {
      const there = place();
      writeFileSync(join(there.workspace, "bunfig.toml"), 'preload = ["./preload.ts"]\n');
      writeFileSync(join(there.workspace, "preload.ts"), `await Bun.write("${there.outside}/escaped", "x");`);
      await runScript(launcherFor(there, route), there, "true");
      expect(readdirSync(there.outside)).toEqual([]);
    });

    test("dies with the process that started it", async () => {
      const there = place();
      const program = join(import.meta.dir, "start-and-die.test-support.ts");
      const child = Bun.spawn([process.execPath, program, route, JSON.stringify(there)], {
        stdin: "ignore",
        stdout: "pipe",
        stderr: "inherit",
      });
      const reader = child.stdout.getReader();
      await reader.read();
      child.kill("SIGKILL");
      await child.exited;
      await Bun.sleep(500);
      expect(existsSync(join(there.workspace, "late"))).toBe(false);
      // What it left behind is cleared by whoever comes next.
      expect(readdirSync(there.workspace)).toContain(".codex");
      await runScript(launcherFor(there, route), there, "true");
      expect(await leftIn(there.workspace)).toEqual(["started"]);
    });
  });
}

test("without a sandbox nothing is changed", async () => {
  const there = place();
  const command = { ...commandIn(there, "echo $$"), tty: true };
  const session = { policy: { type: "dangerFullAccess" as const }, workspaceRoots: [there.workspace] };
  const prepared = await launcherFor(there, "namespaces").prepare(command, session);
  const { argv, env, cwd } = command;
  expect(prepared).toEqual({
    ok: true,
    value: { argv, env, cwd, fds: [], takesTerminal: false, contained: false, dispose: expect.any(Function) },
  });
});

describe("refuses, with cause and remedy", () => {
  const refusalWith = async (settings: Record<string, string>, path = process.env["PATH"]): Promise<string> => {
    const there = place();
    const machine = {
      ...thisMachine,
      setting: (file: string) => settings[file],
      // As where the kernel refuses the namespaces: every attempt fails in the same way.
      spawn: ((program, onOutput) => {
        const argv = ["/bin/sh", "-c", "echo 'unshare: unshare failed: Operation not permitted' >&2; exit 1"];
        return thisMachine.spawn({ ...program, argv, env: {} }, onOutput);
      }) satisfies typeof thisMachine.spawn,
    };
    const launcher = makeLauncher({ machine, env: { PATH: path }, codexHome: there.home, inner: innerFromSource });
    const session = { policy: writing, workspaceRoots: [there.workspace] };
    const prepared = await launcher.prepare(commandIn(there, "touch ran"), session);
    expect(readdirSync(there.workspace)).toEqual([]);
    return prepared.ok ? "prepared" : prepared.error.message;
  };

  test.each([
    [
      "/proc/sys/user/max_user_namespaces",
      "0",
      "user namespaces are switched off",
      "sysctl user.max_user_namespaces=15000",
    ],
    [
      "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
      "1",
      "AppArmor restricts user namespaces",
      "AppArmor profile",
    ],
    [
      "/proc/sys/kernel/unprivileged_userns_clone",
      "0",
      "only root may make user namespaces",
      "unprivileged_userns_clone=1",
    ],
  ])("%s = %s", async (setting, value, cause, remedy) => {
    const sentence = await refusalWith({ [setting]: value });
    expect(sentence).toContain(cause);
    expect(sentence).toContain(remedy);
  });

  test("the sandbox that we are in ourselves", async () => {
    expect(await refusalWith({ "/proc/self/status": "Name:\tcodex\nSeccomp:\t2\nSeccomp_filters:\t1" })).toContain(
      "run Codex outside of that sandbox",
    );
  });

  test("another cause is passed on", async () => {
    expect(await refusalWith({})).toContain("unshare failed: Operation not permitted");
  });

  test("helpers are never taken from the workspace or a relative folder", async () => {
    expect(await refusalWith({}, ".:bin")).toContain("there is no `sh` in the PATH");
  });

  test.skipIf(process.getuid?.() !== 0)("in earnest, where the kernel allows no user namespaces", () => {
    const there = place();
    const program = join(import.meta.dir, "start-and-die.test-support.ts");
    const script = `echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"`;
    const child = Bun.spawnSync(
      ["unshare", "-Ur", "sh", "-c", script, "sh", process.execPath, program, "any", JSON.stringify(there)],
      { stdin: "ignore" },
    );
    expect(child.stderr.toString()).toContain("user namespaces are switched off");
    expect(readdirSync(there.workspace)).toEqual([]);
  });
});

test.skipIf(!isInstalled("bwrap"))("where no private /proc may be mounted it runs without, and says so", async () => {
  const there = place();
  const machine = {
    ...thisMachine,
    spawn: ((program, onOutput) =>
      program.argv.includes("--proc")
        ? thisMachine.spawn({ ...program, argv: ["/bin/false"] }, onOutput)
        : thisMachine.spawn(program, onOutput)) satisfies typeof thisMachine.spawn,
  };
  const launcher = makeLauncher({
    machine,
    env: { PATH: process.env["PATH"] },
    codexHome: there.home,
    inner: innerFromSource,
    routes: ["bubblewrap"],
  });
  const session = { policy: writing, workspaceRoots: [there.workspace] };
  const prepared = await launcher.prepare(commandIn(there, ""), session);
  if (!prepared.ok) throw new Error(prepared.error.message);
  expect(prepared.value.notice).toContain("/proc");
  prepared.value.dispose();
  const script = `cat /proc/self/stat >/dev/null && echo own
    for p in /proc/[0-9]*; do touch $p/root/etc/x && echo out; (: >> $p/mem) && echo mem; done 2>/dev/null
    (: >> /proc/sys/kernel/core_pattern) 2>/dev/null && echo sys; exit 0`;
  expect(await runConfined(launcher, commandIn(there, script), session)).toEqual({ code: 0, output: "own\n" });
});
