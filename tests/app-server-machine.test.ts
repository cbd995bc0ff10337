// What a client of `codex app-server` has for itself: commands, processes, watches, searches. As a client of the built program.
import { expect, test } from "bun:test";
import { workspace } from "@codex/scripted-model/testing";
import { isObject, type JsonObject } from "@codex/protocol/json";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { leftProcesses, processesOf } from "./processes.test-support.ts";
import { socketServer, stdioServer, type WireClient } from "./support/app-server-process.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const sh = (script: string): string[] => ["/bin/sh", "-c", script];
const unsandboxed = { sandboxPolicy: { type: "dangerFullAccess" } };

const errorOf = async (client: WireClient, method: string, params: JsonObject): Promise<unknown> =>
  (await client.ask(method, params))["error"];

/** Resolves when a process has said something. */
const isUp = (client: WireClient, id: string): Promise<JsonObject> =>
  client.until(
    ({ method, params }) =>
      String(method).endsWith("/outputDelta") &&
      isObject(params) &&
      (params["processId"] === id || params["processHandle"] === id),
    `output of ${id}`,
  );

/** Waits until so many sleeps of so many seconds run in a test's folder. */
async function sleepers(folder: string, seconds: number, count: number): Promise<void> {
  for (let found = -1; found !== count;) {
    const pids = await processesOf(folder);
    const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
    found = lines.filter((line) => line === `sleep\0${seconds}\0`).length;
  }
}

test("a client's commands and processes end with it, with all that they started, and no other client's do", async () => {
  await using ws = await workspace();
  await using server = await socketServer({ ws });
  const start = async (client: WireClient, seconds: number): Promise<void> => {
    const command = sh(`(sleep ${seconds}; :) & sleep ${seconds}; :`);
    client.send({ id: "s", method: "command/exec", params: { command, processId: "s" } });
    client.send({ id: "u", method: "command/exec", params: { command, processId: "u", ...unsandboxed } });
    await client.must("process/spawn", { command, processHandle: "p", cwd: ws.path });
    await sleepers(ws.root, seconds, 6);
  };
  const [leaving, staying] = [await server.connect("leaving"), await server.connect("staying")];
  await start(leaving, 61);
  await start(staying, 62);
  leaving.close();
  await sleepers(ws.root, 61, 0);
  await sleepers(ws.root, 62, 6);
  await staying.must("command/exec/terminate", { processId: "s" });
  await staying.must("command/exec/terminate", { processId: "u" });
  await staying.must("process/kill", { processHandle: "p" });
  for (const id of ["s", "u"]) {
    expect(await staying.until((message) => message["id"] === id)).toMatchObject({ result: { exitCode: 137 } });
  }
  await staying.untilMethod("process/exited", ({ exitCode }) => exitCode === 137);
  await sleepers(ws.root, 62, 0);
});

test("the end of the input ends what runs", async () => {
  await using ws = await workspace();
  await using app = await stdioServer({ ws });
  await app.hello();
  const command = sh("echo up; sleep 61; touch late");
  await app.must("process/spawn", { command, processHandle: "p", cwd: ws.path, streamStdoutStderr: true });
  app.send({
    id: "u",
    method: "command/exec",
    params: { command, processId: "u", streamStdoutStderr: true, ...unsandboxed },
  });
  await Promise.all(["p", "u"].map((id) => isUp(app, id)));
  await app.end();
  expect(await app.exited).toBe(0);
  expect(await leftProcesses(ws.root)).toEqual([]);
});

test("what is said to a command in the same breath waits for its start", async () => {
  await using ws = await workspace();
  await using app = await stdioServer({ ws });
  await app.hello();
  app.send({ id: "x", method: "command/exec", params: { command: ["cat"], processId: "c", streamStdin: true } });
  const written = app.must("command/exec/write", { processId: "c", deltaBase64: base64("at once"), closeStdin: true });
  expect(await written).toEqual({});
  expect(await app.until(({ id }) => id === "x")).toMatchObject({ result: { exitCode: 0, stdout: "at once" } });
});

test("a command is held by the sandbox of the config, and secrets stay away from one without network", async () => {
  await using ws = await workspace();
  await using app = await stdioServer({
    ws,
    config: `sandbox_mode = "workspace-write"\n[sandbox_workspace_write]\nwritable_roots = []\n`,
    env: { MY_TOKEN: "secret", PLAIN: "plain" },
  });
  await app.hello();
  const script =
    'echo "$PLAIN ${MY_TOKEN-none} ${CODEX_SANDBOX_NETWORK_DISABLED-open}"; touch in && echo in; touch ../out || echo no';
  const held = await app.must("command/exec", { command: sh(script) });
  expect(held).toMatchObject({ exitCode: 0, stdout: "plain none 1\nin\nno\n" });
  expect(existsSync(join(ws.root, "out"))).toBe(false);
  const free = await app.must("command/exec", { command: sh(script), ...unsandboxed });
  expect(free).toMatchObject({ exitCode: 0, stdout: "plain secret open\nin\n" });
});

test("a program that is not there is no panic, in the sandbox or out of it", async () => {
  await using ws = await workspace();
  await using app = await stdioServer({ ws });
  await app.hello();
  for (const more of [{}, unsandboxed]) {
    const missing = await app.must("command/exec", { command: ["no-such-program"], ...more });
    expect(missing).toEqual({ exitCode: 127, stdout: "", stderr: "no-such-program: command not found\n" });
  }
});

test("failures of files have a code for programs beside the system's words", async () => {
  await using ws = await workspace({ f: "" });
  await using app = await stdioServer({ ws });
  await app.hello();
  const at = (path: string): JsonObject => ({ path: join(ws.path, path) });
  const error = (code: string, message: string) => ({ code: -32603, message, data: { code } });
  expect(await errorOf(app, "fs/readFile", at("none"))).toEqual(
    error("fileNotFound", "No such file or directory (os error 2)"),
  );
  expect(await errorOf(app, "fs/createDirectory", { ...at("f"), recursive: false })).toEqual(
    error("fileExists", "File exists (os error 17)"),
  );
  expect(await errorOf(app, "fs/readDirectory", at("f"))).toEqual(
    error("notDirectory", "Not a directory (os error 20)"),
  );
  expect(await errorOf(app, "fs/writeFile", { ...at(""), dataBase64: "" })).toEqual(
    error("isDirectory", "Is a directory (os error 21)"),
  );
  expect(await errorOf(app, "fs/writeFile", { path: "/proc/sys/kernel/ostype", dataBase64: "" })).toMatchObject({
    data: { code: "filePermission" },
  });
  const entries = [
    { fileName: ".git", isDirectory: true, isFile: false },
    { fileName: "f", isDirectory: false, isFile: true },
  ];
  expect(await app.must("fs/readDirectory", at(""))).toEqual({ entries });
});

test("a file copied onto itself keeps what is in it", async () => {
  await using ws = await workspace({ f: "kept" });
  await using app = await stdioServer({ ws });
  await app.hello();
  const path = join(ws.path, "f");
  await app.must("fs/copy", { sourcePath: path, destinationPath: path });
  expect(await ws.read("f")).toBe("kept");
});

test("watches belong to one client; a file that goes and comes back is heard of; what has ended is not", async () => {
  await using ws = await workspace({ f: "1", "d/x": "" });
  await using server = await socketServer({ ws });
  const [one, two] = [await server.connect("one"), await server.connect("two")];
  const path = join(ws.path, "f");
  await one.must("fs/watch", { watchId: "w", path });
  await two.must("fs/watch", { watchId: "w", path: join(ws.path, "d") });
  const changes = (client: WireClient): unknown[] =>
    client.heard.flatMap(({ method, params }) => (method === "fs/changed" ? [params] : []));
  const heard = async (count: number): Promise<void> => void (await one.until(() => changes(one).length >= count));
  await ws.write("f", "2");
  await heard(1);
  await Bun.file(path).delete();
  await heard(2);
  await ws.write("f", "3");
  await heard(3);
  expect(new Set(changes(one).map((each) => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify({ watchId: "w", changedPaths: [path] })]),
  );
  expect(changes(two)).toEqual([]);
  await one.must("fs/unwatch", { watchId: "w" });
  one.close();
  await ws.write("f", "4");
  await ws.write("d/y", "");
  const { params } = await two.untilMethod("fs/changed");
  expect(params).toEqual({ watchId: "w", changedPaths: [join(ws.path, "d/y")] });
});

test("a search of a big tree neither looks into .git nor holds up what else is asked, and a newer one takes its place", async () => {
  await using ws = await workspace();
  const folders = Array.from({ length: 40 }, (_, i) => join(ws.path, `part${i}`));
  await Promise.all(folders.map((folder) => mkdir(folder)));
  await Promise.all(
    folders.flatMap((folder) => Array.from({ length: 50 }, (_, i) => Bun.write(join(folder, `config-${i}.ts`), ""))),
  );
  await using app = await stdioServer({ ws });
  await app.hello();
  const params = { query: "config", roots: [ws.path] };
  const first = app.must("fuzzyFileSearch", { ...params, cancellationToken: "t" });
  const second = app.must("fuzzyFileSearch", { ...params, cancellationToken: "t" });
  const other = app.must("fuzzyFileSearch", { ...params, query: "HEAD", cancellationToken: null });
  expect(await first).toEqual({ files: [] });
  expect(await second).toEqual({ files: expect.arrayContaining([expect.objectContaining({ root: ws.path })]) });
  expect(await other).toEqual({ files: [] });

  await app.must("fuzzyFileSearch/sessionStart", { sessionId: "s", roots: [ws.path] });
  await app.must("fuzzyFileSearch/sessionUpdate", { sessionId: "s", query: "part7" });
  await app.must("fuzzyFileSearch/sessionUpdate", { sessionId: "s", query: "^part7/config-42" });
  const updated = await app.untilMethod("fuzzyFileSearch/sessionUpdated", ({ query }) => query === "^part7/config-42");
  expect(updated["params"]).toMatchObject({ files: [{ path: "part7/config-42.ts", match_type: "file" }] });
});

test("a diff to the remote has what is changed and what is new, and runs nothing that the repository names", async () => {
  await using ws = await workspace({ f: "one\n" });
  await ws.git("init", "-q", "--bare", join(ws.root, "remote.git"));
  await ws.git("remote", "add", "origin", join(ws.root, "remote.git"));
  await ws.git("push", "-q", "origin", "main");
  const sha = (await ws.git("rev-parse", "HEAD")).trim();
  await ws.git("checkout", "-q", "-b", "feature");
  await ws.write("f", "one\ntwo\n");
  await ws.git("commit", "-q", "-a", "-m", "Two");
  await ws.write("new", "file\n");
  await ws.git("config", "diff.external", `touch ${join(ws.root, "ran")}; true`);
  await ws.git("config", "core.fsmonitor", `touch ${join(ws.root, "ran")}; true`);
  await using app = await stdioServer({ ws });
  await app.hello();
  const { sha: against, diff } = await app.must("gitDiffToRemote", { cwd: ws.path });
  expect(against).toBe(sha);
  expect(String(diff)).toMatch(/^diff --git a\/f b\/f\n[^]*\n one\n\+two\ndiff --git a\/new b\/new\n[^]*\n\+file\n$/);
  expect(existsSync(join(ws.root, "ran"))).toBe(false);
});
