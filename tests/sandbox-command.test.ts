// `codex sandbox` of the built program: what it lets through, what it holds back, and how it ends.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { landlockVersion } from "@codex/platform/libc";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";

const base = realpathSync(mkdtempSync("/var/tmp/codex-sandbox-command-"));
const [home, work] = [join(base, "home"), join(base, "work")];

beforeAll(() => {
  for (const folder of [home, work]) mkdirSync(folder);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const hasBubblewrap = Bun.which("bwrap") !== null;
const canForbidNamespaces =
  hasBubblewrap && Bun.spawnSync(["bwrap", "--help"]).stdout.toString().includes("--disable-userns");

function codex(words: string[], more: { stdin?: string; env?: Record<string, string> } = {}) {
  const child = Bun.spawnSync([binaryPath(), ...words], {
    cwd: work,
    env: { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home, ...more.env },
    stdin: new TextEncoder().encode(more.stdin ?? ""),
  });
  return { code: child.exitCode, out: child.stdout.toString(), err: child.stderr.toString() };
}

describe.skipIf(process.platform !== "linux")("codex sandbox", () => {
  test("reads and writes nothing unless the config or an option says so", () => {
    expect(codex(["sandbox", "touch", "a"]).code).toBe(1);
    expect(existsSync(join(work, "a"))).toBe(false);
    expect(codex(["sandbox", "-s", "workspace-write", "touch", "b"]).code).toBe(0);
    expect(codex(["-c", 'sandbox_mode="workspace-write"', "sandbox", "touch", "c"]).code).toBe(0);
    expect(codex(["sandbox", "-s", "workspace-write", "--", "mkdir", ".git"]).code).toBe(1);
    expect(["b", "c", ".git"].map((name) => existsSync(join(work, name)))).toEqual([true, true, false]);
  });

  test("the older forms run the same", () => {
    expect(codex(["sandbox", "linux", "--full-auto", "touch", "d"]).code).toBe(0);
    expect(codex(["debug", "landlock", "touch", "e"]).code).toBe(1);
    expect(["d", "e"].map((name) => existsSync(join(work, name)))).toEqual([true, false]);
    expect(codex(["debug", "seatbelt", "true"])).toEqual({
      code: 1,
      out: "",
      err: "Error: `codex sandbox macos` runs on macos only; use `codex sandbox`.\n",
    });
  });

  test("the command's words are its own, and so are its input, output and end", () => {
    expect(
      codex(["sandbox", "sh", "-c", 'echo "$@"; cat; echo no >&2; exit 3', "-c", "--help", "-V"], { stdin: "in" }),
    ).toEqual({
      code: 3,
      out: "--help -V\nin",
      err: "no\n",
    });
    expect(codex(["sandbox", "sh", "-c", "kill -TERM $$"]).code).toBe(143);
    expect(codex(["sandbox", "-s", "danger-full-access", "sh", "-c", "kill -KILL $$"]).code).toBe(137);
  });

  test("a missing program is one line and 127, a missing command one line and 1", () => {
    expect(codex(["sandbox", "no-such-program"])).toEqual({
      code: 127,
      out: "",
      err: "no-such-program: command not found\n",
    });
    expect(codex(["sandbox"])).toEqual({ code: 1, out: "", err: "Error: sandbox command must not be empty\n" });
  });

  test("secrets are withheld as from the model's commands, and given where the network is on", () => {
    const env = { MY_API_KEY: "s3cret", OTHER: "plain" };
    const print = ["sh", "-c", 'echo "$MY_API_KEY $OTHER $CODEX_SANDBOX_NETWORK_DISABLED"'];
    expect(codex(["sandbox", ...print], { env }).out).toBe(" plain 1\n");
    const online = ["-s", "workspace-write", "-c", "sandbox_workspace_write.network_access=true"];
    expect(codex(["sandbox", ...online, ...print], { env }).out).toBe("s3cret plain \n");
  });

  test("a signal to it ends the command", async () => {
    const pause = `sleep 54.${process.pid}`;
    const argv = [binaryPath(), "sandbox", "-s", "workspace-write", "sh", "-c", `touch started; ${pause}; :`];
    const child = Bun.spawn(argv, { cwd: work, env: { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home } });
    while (!existsSync(join(work, "started"))) await Bun.sleep(5);
    child.kill("SIGTERM");
    expect(await child.exited).toBe(143);
    expect(Bun.spawnSync(["pgrep", "-fx", pause]).stdout.toString()).toBe("");
  });

  test.skipIf(!hasBubblewrap)(
    "that bubblewrap works is found out once; where it then does not, another way is taken",
    () => {
      const [own, log, fails] = [join(base, "remembering"), join(base, "starts"), join(base, "fails")];
      mkdirSync(own);
      const wrapper = join(own, "bwrap");
      const script = `#!/bin/sh\necho start >>${log}; [ -e ${fails} ] && exit 1\nexec bwrap "$@"\n`;
      writeFileSync(wrapper, script, { mode: 0o755 });
      writeFileSync(join(own, "config.toml"), `[sandbox]\nbwrap_path = "${wrapper}"\n`);
      const starts = (words: string[]): unknown[] => {
        writeFileSync(log, "");
        const { code, out } = codex(["sandbox", ...words], { env: { CODEX_HOME: own } });
        return [readFileSync(log, "utf8").length / "start\n".length, code, out];
      };
      expect(starts(["echo", "ran"])).toEqual([2, 0, "ran\n"]);
      expect(starts(["echo", "ran"])).toEqual([1, 0, "ran\n"]);
      expect(starts(["sh", "-c", "echo ran; exit 1"])).toEqual([1, 1, "ran\n"]);
    // Where bubblewrap is to say that it has begun is not for the command to write to.
    expect(starts(["sh", "-c", "ls -l /proc/1/fd /proc/self/fd | grep -c memfd"])).toEqual([1, 1, "0\n"]);
      expect(starts(["sh", "-c", "kill -KILL $$"])).toEqual([1, 137, ""]);
      writeFileSync(fails, "");
      // The remembered start, then a look for each of the two ways to have /proc; unshare(1) does the rest.
      expect(starts(["echo", "ran"])).toEqual([3, 0, "ran\n"]);
      rmSync(fails);
      expect(starts(["echo", "ran"])).toEqual([2, 0, "ran\n"]);
      expect(starts(["echo", "ran"])).toEqual([1, 0, "ran\n"]);
      writeFileSync(wrapper, `${script}# another program\n`);
      expect(starts(["echo", "ran"])).toEqual([2, 0, "ran\n"]);
    },
  );

  test("fifty at once, of as many processes, and nothing is left in the folder", async () => {
    const there = join(base, "fifty");
    mkdirSync(there);
    const codes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const words = ["sandbox", "-s", "workspace-write", "sh", "-c", `mkdir .git/x .codex/x; echo ${i} > ${i}`];
        const env = { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home };
        return Bun.spawn([binaryPath(), ...words], { cwd: there, env, stdio: ["ignore", "ignore", "ignore"] }).exited;
      }),
    );
    expect(codes).toEqual(Array.from({ length: 50 }, () => 0));
    expect(readdirSync(there).sort()).toEqual(Array.from({ length: 50 }, (_, i) => String(i)).sort());
  }, 60_000);

  describe("inside another sandbox", () => {
    const ours = [binaryPath(), "sandbox"];

    test.skipIf(landlockVersion() === 0)("a read-only one runs with what is left, and says so", () => {
      const { code, out, err } = codex(["sandbox", ...ours, "sh", "-c", "echo in; touch in"]);
      expect([code, out]).toEqual([1, "in\n"]);
      expect(err).toContain("confined by Landlock");
    });

    test("one that writes is refused with the cause, and one that asks for no sandbox keeps the outer one", () => {
      const outer = ["sandbox", "-s", "workspace-write"];
      const refused = codex([...outer, ...ours, "-s", "workspace-write", "touch", "nested"]);
      expect([refused.code, refused.out]).toEqual([1, ""]);
      expect(refused.err).toContain("run Codex outside of that sandbox");
      const kept = codex([
        ...outer,
        ...ours,
        "-s",
        "danger-full-access",
        "sh",
        "-c",
        `touch nested; touch ${base}/out`,
      ]);
      expect(kept.code).toBe(1);
      expect([join(work, "nested"), join(base, "out")].map((path) => existsSync(path))).toEqual([true, false]);
    });

    const container = (more: string[], words: string[]) => {
      const child = Bun.spawnSync(
        [
          "bwrap",
          "--unshare-user",
          "--unshare-pid",
          ...more,
          "--dev-bind",
          "/",
          "/",
          "--proc",
          "/proc",
          "--cap-drop",
        ].concat(["ALL", "--", ...ours, "-s", "workspace-write", ...words]),
        { cwd: work, env: { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home }, stdin: "ignore" },
      );
      return { code: child.exitCode, out: child.stdout.toString(), err: child.stderr.toString() };
    };

    test.skipIf(!hasBubblewrap)("a container that allows namespaces is as good as none", () => {
      const script = "echo ran; mkdir .git; touch /var/tmp/x";
      const { code, out, err } = container(["--uid", "1000"], ["sh", "-c", script]);
      expect([code, out]).toEqual([1, "ran\n"]);
      expect(err.split("\n").filter((line) => line.includes("codex"))).toEqual([]);
      expect(existsSync(join(work, ".git"))).toBe(false);
    });

    test.skipIf(!hasBubblewrap)("where root lacks the right, that is said", () => {
      const { code, out, err } = container(["--uid", "0"], ["echo", "ran"]);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("without the capability SETFCAP");
    });

    test.skipIf(!hasBubblewrap || !canForbidNamespaces)(
      "in one that allows none nothing runs, and the cause is said",
      () => {
        const { code, out, err } = container(["--disable-userns"], ["echo", "ran"]);
        expect([code, out]).toEqual([1, ""]);
        expect(err).toContain("their number or nesting is limited");
      },
    );
  });

  test("a config that is no config is said and nothing runs", () => {
    writeFileSync(join(home, "config.toml"), 'sandbox_mode = "bad"\n');
    const { code, err } = codex(["sandbox", "touch", "f"]);
    rmSync(join(home, "config.toml"));
    expect({ code, ran: existsSync(join(work, "f")) }).toEqual({ code: 1, ran: false });
    expect(err).toContain("sandbox_mode");
  });
});

describe.skipIf(process.platform !== "linux")("permission profiles", () => {
  const profiles = `
default_permissions = "mine"
[permissions.mine]
extends = ":workspace"
[permissions.mine.filesystem.":workspace_roots"]
"**/*.env" = "deny"
vendor = "read"
`;

  beforeAll(() => {
    mkdirSync(join(work, "vendor"));
    writeFileSync(join(work, "a.env"), "secret");
    writeFileSync(join(home, "config.toml"), profiles);
  });
  afterAll(() => rmSync(join(home, "config.toml")));

  test("the config's is in force, a nearer word takes another", () => {
    const script = ["sh", "-c", "cat a.env; touch vendor/x; touch new-$1 && echo wrote", "sh"];
    const own = codex(["sandbox", ...script, "1"]);
    expect(own.out).toBe("wrote\n");
    expect(own.err).toContain("a.env: Permission denied");
    expect(own.err).toContain("vendor/x': Read-only file system");
    expect(codex(["sandbox", "-P", ":workspace", ...script, "2"]).out).toBe("secretwrote\n");
    expect(codex(["sandbox", "-s", "read-only", ...script, "3"]).out).toBe("secret");
  });

  test("one that does not exist is said", () => {
    expect(codex(["sandbox", "-P", ":nope", "true"])).toEqual({
      code: 1,
      out: "",
      err: "Error: default_permissions refers to unknown built-in profile `:nope`\n",
    });
  });
});
