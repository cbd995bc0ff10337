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
import { findOriginal } from "./parity/find-original.ts";

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

describe.skipIf(process.platform !== "linux")("the state that codex/sandbox-state tells", () => {
  const special = (kind: string, access: string) => ({ path: { type: "special", value: { kind } }, access });
  const path = (place: string, access: string) => ({ path: { type: "path", path: place }, access });
  const glob = (pattern: string, access: string) => ({ path: { type: "glob_pattern", pattern }, access });
  const state = (entries: object[], network = "restricted") =>
    JSON.stringify({
      permissionProfile: { type: "managed", file_system: { type: "restricted", entries }, network },
      sandboxCwd: `file://${work}`,
    });
  const disabled = JSON.stringify({ permissionProfile: { type: "disabled" }, sandboxCwd: `file://${work}` });
  const external = JSON.stringify({
    permissionProfile: { type: "external", network: "restricted" },
    sandboxCwd: `file://${work}`,
  });
  const root = special("root", "read");
  const socket = ["python3", "-c", "import socket; socket.socket(); print('socket')"];

  /** Words after `codex sandbox --sandbox-state-json`; what the command prints; its code. The original does the same. */
  const cases: [string, () => string[], string, number][] = [
    ["reads", () => [state([root]), "sh", "-c", "pwd; touch s1"], `${work}\n`, 1],
    ["writes where it says", () => [state([root, path(work, "write")]), "sh", "-c", "touch s2 && echo ok"], "ok\n", 0],
    [
      "writes in the project's roots",
      () => [state([root, special("project_roots", "write")]), "sh", "-c", "touch s3 && echo ok; touch ../s3"],
      "ok\n",
      1,
    ],
    ["an outside sandbox writes nothing here", () => [external, "touch", "s4"], "", 1],
    ["none at all", () => [disabled, "sh", "-c", `touch ${base}/s5 && echo ok`], "ok\n", 0],
    ["network", () => [state([root], "enabled"), ...socket], "socket\n", 0],
    ["no network", () => [state([root], "enabled"), "--sandbox-state-disable-network", ...socket], "", 1],
    ["a denied glob", () => [state([root, glob(`${work}/*.env`, "deny")]), "cat", "s.env"], "", 1],
    [
      "whatever the config says",
      () => [state([root]), "-c", 'sandbox_mode="danger-full-access"', "touch", "s6"],
      "",
      1,
    ],
  ];
  const refused: [string, string[], number, string][] = [
    ["no JSON", ["--sandbox-state-json", "x", "true"], 1, "Error: invalid --sandbox-state-json value: "],
    [
      "no profile",
      ["--sandbox-state-json", "{}", "true"],
      1,
      "Error: invalid --sandbox-state-json value: missing field `permissionProfile`",
    ],
    [
      "no folder",
      ["--sandbox-state-json", '{"permissionProfile":{"type":"disabled"}}', "true"],
      1,
      "Error: invalid --sandbox-state-json value: missing field `sandboxCwd`",
    ],
    [
      "no network that could be cut",
      ["--sandbox-state-json", disabled, "--sandbox-state-disable-network", "true"],
      1,
      "Error: --sandbox-state-disable-network cannot be applied to a disabled permission profile",
    ],
    [
      "no state",
      ["--sandbox-state-disable-network", "true"],
      2,
      "error: the following required arguments were not prov",
    ],
    ["a profile beside it", ["--sandbox-state-json", "{}", "-P", ":workspace", "true"], 2, "cannot be used with "],
    ["a folder beside it", ["--sandbox-state-json", "{}", "-C", "/tmp", "true"], 2, "cannot be used with "],
  ];
  const original = findOriginal();
  const theirs = (words: string[]) => {
    const env = { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home };
    const child = Bun.spawnSync([original ?? "", ...words], { cwd: work, env });
    return { code: child.exitCode, out: child.stdout.toString(), err: child.stderr.toString() };
  };

  beforeAll(() => writeFileSync(join(work, "s.env"), "secret"));

  test.each(cases)("%s", (_, words, out, code) => {
    const line = ["sandbox", "--sandbox-state-json", ...words()];
    const ours = codex(line);
    expect([ours.out, ours.code]).toEqual([out, code]);
    if (original === undefined) return;
    const same = theirs(line);
    expect([same.out, same.code]).toEqual([out, code]);
  });

  test.each(refused)("%s is refused", (_, words, code, message) => {
    const ours = codex(["sandbox", ...words]);
    expect([ours.out, ours.code]).toEqual(["", code]);
    expect(ours.err).toContain(message);
    if (original === undefined) return;
    const same = theirs(["sandbox", ...words]);
    expect([same.code, same.err.includes(message)]).toEqual([code, true]);
  });

  test("a root that may be read is added; what is denied stays so, and what is not understood is refused", () => {
    const closed = [special("minimal", "read"), path(work, "read")];
    const run = (entries: object[], ...more: string[]) =>
      codex(["sandbox", "--sandbox-state-json", state(entries), ...more, "ls", base]);
    expect(run(closed).out).toBe("work\n");
    expect(run(closed, "--sandbox-state-readable-root", base).out).toContain("home\n");
    expect(run([...closed, path(base, "deny")], "--sandbox-state-readable-root", base).out).toBe("work\n");
    const strange = run([root, special("moon", "deny")]);
    expect([strange.code, strange.err]).toEqual([1, expect.stringContaining("not understood: ")]);
  });
});

test.skipIf(process.platform !== "linux")("network_rule in files of rules opens and closes hosts", async () => {
  const served = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("served\n") });
  mkdirSync(join(home, "rules"));
  const get = async (rule: string, domains: string) => {
    writeFileSync(join(home, "rules", "default.rules"), rule);
    const config = `sandbox_workspace_write.network_domains=${domains}`;
    const url = `http://localhost:${served.port}/`;
    const words = ["sandbox", "-s", "workspace-write", "-c", config, "curl", "-s", "-f", url];
    const env = { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home };
    return await new Response(Bun.spawn([binaryPath(), ...words], { cwd: work, env, stderr: "ignore" }).stdout).text();
  };
  const rule = (decision: string) => `network_rule(host="localhost", protocol="http", decision="${decision}")\n`;
  expect(await get("", "{}")).toBe("");
  expect(await get(rule("allow"), "{}")).toBe("served\n");
  expect(await get("", '{localhost="allow"}')).toBe("served\n");
  expect(await get(rule("deny"), '{localhost="allow"}')).toBe("");
  await served.stop(true);
});
