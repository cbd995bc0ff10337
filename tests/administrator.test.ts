// What /etc/codex/requirements.toml demands of the built program's sessions, beside the original where it is installed. Each run
// sees an /etc of its own, laid over the machine's in a mount namespace.
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { findOriginal } from "./parity/find-original.ts";
import { hasOverlays, under } from "./support/under-requirements.ts";

type Given = { requirements: string; config?: string; rules?: string; args?: string[]; commands: string[] };

async function run({ requirements, config = "", rules, args = [], commands }: Given, program = binaryPath()) {
  await using ws = await workspace({ "a.env": "secret\n" });
  await using server = await model.plays([...commands.map((command) => model.exec(command)), model.says("Done.")]);
  if (rules !== undefined) await Bun.write(join(ws.codexHome, "rules", "default.rules"), rules);
  const binary = under(requirements.replaceAll("$R", ws.path), program);
  const ran = await codex.exec({ server, ws, config, binary, args: [...args, "go"] });
  return { ran, told: server.requests.slice(1).map((request) => request.lastOutput() ?? "") };
}

/** The same under both programs. */
async function both(given: Given) {
  const original = findOriginal();
  const [ours, theirs] = await Promise.all([run(given), original ? run(given, original) : undefined]);
  return [ours, ...(theirs ? [theirs] : [])];
}

describe.skipIf(!hasOverlays)("the administrator's demands", () => {
  const rules = `[rules]
prefix_rules = [
  { pattern = [{ token = "touch" }], decision = "forbidden", justification = "managed no" },
  { pattern = [{ token = "ls" }, { any_of = ["-l", "-a"] }], decision = "prompt" },
]
`;

  test("their rules hold over the user's, part by part", async () => {
    const commands = ["touch a", "ls -l", "ls", "ls && touch x"];
    for (const { told } of await both({
      requirements: rules,
      rules: 'prefix_rule(["touch"])\nprefix_rule(["ls"])\n',
      commands,
    })) {
      expect(told[0]).toContain("`/bin/bash -lc 'touch a'` rejected: managed no");
      expect(told[1]).toContain("approval required by policy, but AskForApproval is set to Never");
      expect(told[2]).toContain("Process exited with code 0");
      expect(told[3]).toContain("rejected: managed no");
    }
  });

  test("nothing leaves them out: no option, no full access", async () => {
    const args = ["--ignore-rules", "--dangerously-bypass-approvals-and-sandbox"];
    for (const { told } of await both({ requirements: rules, args, commands: ["touch a"] })) {
      expect(told[0]).toContain("managed no");
    }
  });

  test("what must not be read is not, in any sandbox, and there is no session without one", async () => {
    const requirements = '[permissions.filesystem]\ndeny_read = ["$R/**/*.env"]\n';
    const given = (mode: string) => ({ requirements, args: ["-s", mode], commands: ["cat a.env; true"] });
    for (const { told } of [...(await both(given("read-only"))), ...(await both(given("workspace-write")))]) {
      expect(told[0]).toContain("a.env: Permission denied");
    }
    const { told, ran } = await run(given("danger-full-access"));
    expect(told[0]).toContain("a.env: Permission denied");
    expect(ran.stderr).toContain(
      '`sandbox_mode = "danger-full-access"` is not allowed by /etc/codex/requirements.toml',
    );
  });

  test("`codex sandbox` obeys them without being told to", async () => {
    await using ws = await workspace({ "a.env": "secret\n" });
    const requirements = `[permissions.filesystem]\ndeny_read = ["${ws.path}/*.env"]\n`;
    for (const mode of ["danger-full-access", "workspace-write"]) {
      const argv = [under(requirements, binaryPath()), "sandbox", "-s", mode, "cat", "a.env"];
      const env = { PATH: process.env["PATH"], HOME: ws.home, CODEX_HOME: ws.codexHome };
      const ran = Bun.spawnSync(argv, { cwd: ws.path, env, timeout: 20_000 });
      expect([ran.exitCode, ran.stdout.toString()]).toEqual([1, ""]);
      expect(ran.stderr.toString()).toContain("a.env: Permission denied");
    }
  });

  test("a value that gives way is told to programs as well, with the start and once as an error item", async () => {
    const requirements = 'allowed_sandbox_modes = ["read-only"]\nallowed_approval_policies = ["on-request"]\n';
    const config = 'sandbox_mode = "danger-full-access"\napproval_policy = "never"\n';
    for (const [at, { ran }] of (await both({ requirements, config, args: ["--json"], commands: [] })).entries()) {
      const lines = ran.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { item?: { message: string }; [name: string]: unknown });
      const told = lines.slice(1, 3).map(({ item }) => item?.message ?? "");
      const keys = ["approval_policy", at === 0 ? "sandbox_mode" : "permission_profile"];
      expect(told.map((text, index) => text.includes(keys[index] ?? ""))).toEqual([true, true]);
      expect(lines[3]).toEqual({ type: "turn.started" });
      if (at === 0)
        expect(lines[0]).toEqual({ type: "thread.started", thread_id: expect.any(String), overridden: told });
    }
  });

  test("a damaged file stops everything", async () => {
    for (const { ran } of await both({ requirements: "[rules]\nprefix_rules = []\n", commands: [] })) {
      expect(ran.exitCode).toBe(1);
      expect(ran.stderr).toContain(
        "invalid rules in requirements (set by /etc/codex/requirements.toml): rules prefix_rules cann",
      );
    }
  });

  test("their hosts are reached in every sandbox, and no other where they say so", async () => {
    const served = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("served\n") });
    const get = async (network: string, config: string) => {
      const commands = [`curl -s http://localhost:${served.port}/ -w '%{http_code}'`];
      const requirements = `[experimental_network]\n${network}`;
      return (await run({ requirements, config, args: ["-s", "workspace-write"], commands })).told[0];
    };
    const mine = '[sandbox_workspace_write]\nnetwork_access = true\nnetwork_domains = { "localhost" = "allow" }\n';
    expect(await get('domains = { "localhost" = "allow" }\n', "")).toContain("served\n200");
    expect(await get('domains = { "other.test" = "allow" }\n', mine)).toContain("served\n200");
    expect(await get('denied_domains = ["localhost"]\n', mine)).toContain("403");
    const only = 'managed_allowed_domains_only = true\ndomains = { "other.test" = "allow" }\n';
    expect(await get(only, mine)).toContain("403");
    await served.stop(true);
  });
});
