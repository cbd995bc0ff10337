import { expect, test } from "bun:test";
import { prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import { codex, model, workspace } from "@codex/scripted-model/testing";

test("archive, unarchive and delete find a session by id or name, and say what they did", async () => {
  await using ws = await workspace();
  await using server = await model.plays(() => model.says("Yes."));
  const ids: string[] = [];
  for (const text of ["one", "two"]) {
    const run = await codex.exec({ server, ws, args: ["--json", text] });
    ids.push(JSON.parse(run.stdout.split("\n")[0] ?? "").thread_id);
  }
  const [one = "", two = ""] = ids;
  const name = JSON.stringify({ id: two, thread_name: "second", updated_at: "2026-01-01T00:00:00Z" });
  await Bun.write(`${ws.codexHome}/session_index.jsonl`, `${name}\n`);
  const run = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await codex.exec({ server, ws, subcommand: args });
    return [exitCode, stdout, stderr];
  };

  expect(await run("archive", one)).toEqual([0, `Archived session ${one}.\n`, ""]);
  expect(await run("archive", one)).toEqual([
    1,
    "",
    `Error: failed to archive session: no rollout found for thread id ${one}\n`,
  ]);
  expect(await run("archive", "second")).toEqual([0, `Archived session ${two}.\n`, ""]);
  expect(await run("archive", "second")).toEqual([1, "", "Error: No active session found matching 'second'.\n"]);
  expect(await run("unarchive", "second")).toEqual([0, `Unarchived session ${two}.\n`, ""]);
  expect(await run("delete", "nobody")).toEqual([
    1,
    "",
    "Error: No active or archived session found matching 'nobody'.\n",
  ]);
  expect(await run("delete", "--force", "second")).toEqual([
    1,
    "",
    "Error: --force requires a session UUID; names must be confirmed interactively\n",
  ]);
  expect(await run("delete", one)).toEqual([
    1,
    "",
    "Error: cannot confirm session deletion without an interactive terminal; rerun with --force and a session UUID\n",
  ]);
  expect(await run("delete", "--force", one)).toEqual([0, `Deleted session ${one}.\n`, ""]);
  expect((await run("delete", "--force", one))[0]).toBe(1);
});

test("only a yes at the terminal deletes a session", async () => {
  await using ws = await workspace();
  await using server = await model.plays(() => model.says("Yes."));
  const exec = await codex.exec({ server, ws, args: ["--json", "one"] });
  const id = JSON.parse(exec.stdout.split("\n")[0] ?? "").thread_id;
  const answer = async (key: string) => {
    const { command, cwd, env } = await prepareLaunch({ server, ws, subcommand: ["delete", id] });
    let seen = "";
    const child = Bun.spawn(command, {
      cwd,
      env,
      terminal: {
        data(terminal, bytes) {
          const asked = seen.includes("?");
          seen += Buffer.from(bytes).toString();
          if (!asked && seen.includes("?")) terminal.write(`${key}\n`);
        },
      },
    });
    return [
      await child.exited,
      seen.includes(`Delete session ${id} for good?`),
      seen.includes(`Deleted session ${id}.`),
    ];
  };
  expect(await answer("n")).toEqual([1, true, false]);
  expect(await answer("y")).toEqual([0, true, true]);
});

test("a queued message is heard when the session is gone on with", async () => {
  await using ws = await workspace();
  await using server = await model.plays(() => model.says("Yes."));
  const exec = await codex.exec({ server, ws, args: ["--json", "one"] });
  const id = JSON.parse(exec.stdout.split("\n")[0] ?? "").thread_id;
  const run = (...args: string[]) => codex.exec({ server, ws, subcommand: ["queue", ...args] });

  expect((await run("--thread", id)).exitCode).toBe(2);
  const nobody = await run("--thread", "nobody", "--message", "hi");
  expect([nobody.exitCode, nobody.stderr]).toEqual([1, "Error: No active session found matching 'nobody'.\n"]);
  const queued = await run("--thread", id, "--message", "also this", "--resume");
  expect(queued).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(new RegExp(`^Queued message [0-9a-f-]{36} for thread ${id}\\.\\n$`)),
    stderr: `Warning: message was queued, but could not resume thread ${id}: start a local daemon or specify a server with --remote\n`,
  });
  expect(server.requests).toHaveLength(1);
  await codex.exec({ server, ws, args: ["resume", id, "and on"] });
  const said = server.requests
    .at(-1)
    ?.texts("user")
    .filter((text) => !text.startsWith("<"));
  expect(said).toEqual(["one", "also this", "and on"]);
});
