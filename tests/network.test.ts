import { afterAll, beforeAll, expect, test } from "bun:test";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";
import { codex, model, workspace } from "@codex/scripted-model/testing";

let served: Bun.Server<undefined>;

beforeAll(() => {
  served = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("from outside\n") });
});
afterAll(() => served.stop(true));

const workspaceWrite = (domains: string) => [
  "--sandbox=workspace-write",
  `--config=sandbox_workspace_write.network_domains={${domains}}`,
];

async function outputOf(script: string, args: string[]): Promise<{ output: string; permissions: string }> {
  await using server = await model.plays([[model.exec(script)], [model.says("done")]]);
  await using ws = await workspace({});
  await codex.exec({ server, ws, args: [...args, "go"] });
  const permissions = JSON.stringify(server.requests[0]?.body);
  return { output: server.requests[1]?.outputs()[0] ?? "", permissions };
}

test("a command reaches the hosts that the config names, and the model reads one plain reason for others", async () => {
  const { port } = served;
  const script = `curl -sS http://127.0.0.1:${port}/; curl -sS -o /dev/null -w '%{http_code}\\n' http://other.test/ http://other.test/`;
  const { output, permissions } = await outputOf(script, workspaceWrite('"127.0.0.1"="allow"'));
  expect(output).toContain("from outside\n");
  expect(output).toContain("403\n");
  expect(output.match(/codex: .*/g)).toEqual([
    'codex: Network access to "other.test" port 80 was blocked: no network rule of the user allows it.',
  ]);
  expect(permissions).toContain("these hosts: `127.0.0.1`.");
});

test("an empty list of hosts is none", async () => {
  const { output } = await outputOf(`curl -sS http://127.0.0.1:${served.port}/`, [
    ...workspaceWrite(""),
    "--config=sandbox_workspace_write.network_access=true",
  ]);
  expect(output).not.toContain("from outside");
  expect(output).toContain("Private and loopback addresses are blocked");
});

const networkOf = 'network={enabled=true,domains={"127.0.0.1"="allow"}}';
/** Our own program is not among what it shows. */
const hiding = 'filesystem={":minimal"="read",":workspace_roots"="write"}';

test.each([
  ["a profile", ['default_permissions="p"', `permissions.p={extends=":workspace",${networkOf}}`]],
  ["a profile that hides files", ['default_permissions="p"', `permissions.p={${hiding},${networkOf}}`]],
  ["the feature", ['features.network_proxy={enabled=true,domains={"127.0.0.1"="allow"}}']],
])("hosts of %s count in every sandbox", async (_, settings) => {
  const args = settings.flatMap((setting) => ["-c", setting]);
  const { output } = await outputOf(`curl -sS http://127.0.0.1:${served.port}/; curl -sS http://other.test/`, args);
  expect(output).toContain("from outside\n");
  expect(output).toContain('"reason":"not_allowed"');
});

test("rules that cannot be read stop the run before it begins", async () => {
  await using server = await model.plays([]);
  await using ws = await workspace({});
  const run = await codex.exec({ server, ws, args: [...workspaceWrite('"*.1.2.3.4"="deny"'), "go"] });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain('sandbox_workspace_write.network_domains: "*.1.2.3.4" is not a host name');
});

test("`codex sandbox` holds the same rules", async () => {
  const { port } = served;
  await using ws = await workspace({});
  const domains = 'sandbox_workspace_write.network_domains={"127.0.0.1"="allow"}';
  const script = `curl -sS http://127.0.0.1:${port}/; curl -sS -o /dev/null http://other.test/`;
  const settings = ["-c", "sandbox_mode=workspace-write", "-c", domains];
  const child = Bun.spawn([binaryPath(), "sandbox", ...settings, "--", "bash", "-c", script], {
    cwd: ws.root,
    env: { PATH: process.env["PATH"], HOME: ws.root, CODEX_HOME: ws.root },
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(await new Response(child.stdout).text()).toBe("from outside\n");
  expect(await new Response(child.stderr).text()).toContain('Network access to "other.test" port 80 was blocked');
});
