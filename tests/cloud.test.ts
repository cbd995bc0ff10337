import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { codex, workspace } from "@codex/scripted-model/testing";
import type { Workspace } from "../packages/scripted-model/src/workspace.ts";
import { storedLogin } from "./support/chatgpt-service.ts";
import { answerTasks, newFile, oneToTwo, taskService } from "./support/task-service.ts";

const signIn = (ws: Workspace) => Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedLogin(4000)));

test("a task is asked for once, and its diff is applied with the true count", async () => {
  await using ws = await workspace({ "a.txt": "one\n" });
  await using service = await taskService();
  await signIn(ws);
  const run = await codex.exec({ ws, subcommand: ["cloud", "apply", "two"], env: service.env });
  expect([run.exitCode, run.stdout, run.stderr]).toEqual([
    0,
    "Applied task two locally (2 files)\n  a.txt\n  n ü.txt\n",
    "",
  ]);
  expect(service.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET https://chatgpt.com/backend-api/wham/tasks/two",
  ]);
  expect([await ws.read("a.txt"), await ws.read("n ü.txt"), readdirSync(ws.path).sort()]).toEqual([
    "two\n",
    "new\n",
    [".git", "a.txt", "n ü.txt"],
  ]);
});

test("a diff that meets other changes leaves their conflict, or nothing at all", async () => {
  await using ws = await workspace({ "a.txt": "one\n", "b.txt": "b\n" });
  const blob = (await ws.git("rev-parse", "HEAD:a.txt")).trim();
  const diff = oneToTwo.replace("--- a/a.txt", `index ${blob}..1111111 100644\n--- a/a.txt`) + newFile;
  const details = { task: { title: "t" }, current_diff_task_turn: { output_items: [{ type: "output_diff", diff }] } };
  using service = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => Response.json(details) });
  const env = { CODEX_CLOUD_TASKS_BASE_URL: `http://127.0.0.1:${service.port}`, CODEX_CLOUD_TASKS_TOKEN: "given" };

  await ws.write("a.txt", "dirty\n");
  const dirty = await codex.exec({ ws, subcommand: ["cloud", "apply", "x"], env });
  expect([dirty.exitCode, dirty.stdout]).toEqual([1, "Apply failed for task x (applied=0, skipped=2, conflicts=0)\n"]);
  expect(dirty.stderr).toContain("a.txt: does not match index");
  expect(await ws.git("status", "--short")).toBe(" M a.txt\n");

  await ws.git("commit", "-qam", "Mine");
  const merged = await codex.exec({ ws, subcommand: ["cloud", "apply", "x"], env });
  expect([merged.exitCode, merged.stdout, merged.stderr]).toEqual([
    1,
    "Apply partially succeeded for task x (applied=1, skipped=0, conflicts=1)\n",
    "Resolve the conflicts in:\n  a.txt\n",
  ]);
  expect(await ws.read("a.txt")).toContain("<<<<<<<");
});

test("another service gets the token that was given for it, and no saved one", async () => {
  await using ws = await workspace({ "a.txt": "one\n" });
  await signIn(ws);
  const seen: string[] = [];
  using service = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ method, url, headers }) => {
      const { pathname } = new URL(url);
      seen.push(`${method} ${pathname} ${headers.get("authorization")} ${headers.get("chatgpt-account-id")}`);
      return answerTasks(method, pathname, "/api/codex") ?? Response.json({}, { status: 404 });
    },
  });
  const base = { CODEX_CLOUD_TASKS_BASE_URL: `http://127.0.0.1:${service.port}` };
  const list = (env: Record<string, string>) => codex.exec({ ws, subcommand: ["cloud", "status", "ready"], env });

  const saved = await list(base);
  expect([saved.exitCode, seen]).toEqual([1, []]);
  expect(saved.stderr).toContain("custom backends cannot use saved ChatGPT credentials");
  const given = await list({ ...base, CODEX_CLOUD_TASKS_TOKEN: "given", CODEX_CLOUD_TASKS_ACCOUNT_ID: "mine" });
  expect([given.exitCode, seen]).toEqual([0, ["GET /api/codex/tasks/ready Bearer given mine"]]);
  const open = await list({ CODEX_CLOUD_TASKS_BASE_URL: "http://example.com", CODEX_CLOUD_TASKS_TOKEN: "given" });
  expect(open.stderr).toContain("only sent to https addresses and to this machine");
});

test("a service that sends the token back does not bring it onto the screen", async () => {
  await using ws = await workspace();
  using service = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ headers }) => new Response(`no: \x1b]0;x\x07${headers.get("authorization")}`, { status: 500 }),
  });
  const url = `http://127.0.0.1:${service.port}`;
  const env = { CODEX_CLOUD_TASKS_BASE_URL: url, CODEX_CLOUD_TASKS_TOKEN: "top-secret" };
  const run = await codex.exec({ ws, subcommand: ["cloud", "list"], env });
  const said = "500 Internal Server Error: no: ]0;x Bearer [redacted]. Try again later.";
  expect(run.stderr).toBe(`Error: ${url}/api/codex/tasks/list?limit=20&task_filter=current failed: ${said}\n`);
});

test("a title cannot write to the terminal, and the bare command shows the list", async () => {
  await using ws = await workspace();
  await using service = await taskService();
  await signIn(ws);
  const env = { ...service.env, TZ: "UTC" };
  const bare = await codex.exec({ ws, subcommand: ["cloud", "status", "bare"], env });
  expect([bare.exitCode, bare.stdout]).toEqual([1, "[PENDING] Bare\nOct  9 08:53\nno diff\n"]);
  const list = await codex.exec({ ws, subcommand: ["cloud"], env });
  expect([list.exitCode, list.stdout.split("\n").slice(0, 4), list.stderr]).toEqual([
    0,
    ["https://chatgpt.com/codex/tasks/ready", "  [READY] Fix it", "  me/repo  •  Oct  9 08:55", "  +1/-1 • 1 file"],
    "The terminal interface for tasks is not part of this build yet; this is `codex cloud list`.\n",
  ]);
});

test("outside a checkout nothing is applied", async () => {
  await using ws = await workspace({}, { git: false });
  await using service = await taskService();
  await signIn(ws);
  for (const words of [
    ["apply", "ready"],
    ["cloud", "apply", "ready"],
  ]) {
    const run = await codex.exec({ ws, subcommand: words, env: service.env });
    expect([run.exitCode, run.stderr]).toEqual([
      1,
      `Error: ${ws.path} is not in a git repository; run this inside the checkout to change.\n`,
    ]);
  }
});
