// `codex sandbox` of the built program: what it lets through, what it holds back, and how it ends.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";

const base = realpathSync(mkdtempSync("/var/tmp/codex-sandbox-command-"));
const [home, work] = [join(base, "home"), join(base, "work")];

beforeAll(() => {
  for (const folder of [home, work]) mkdirSync(folder);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

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
