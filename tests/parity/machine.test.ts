// Commands, processes, files, searches and diffs over `codex app-server`: the same exchanges with both programs.
import { describe, expect, test } from "bun:test";
import { binaryPath } from "../../packages/scripted-model/src/launch.ts";
import { workspace } from "@codex/scripted-model/testing";
import { isObject, type JsonObject } from "@codex/protocol/json";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { stdioServer, type StdioServer } from "../support/app-server-process.ts";
import { findOriginal } from "./find-original.ts";

type Ws = Awaited<ReturnType<typeof workspace>>;
type Table = { readonly app: StdioServer; readonly ws: Ws };

/** One request, or a few that belong together; what comes of it is compared. */
type Exchange = {
  readonly name: string;
  run(table: Table): Promise<unknown>;
  /** Why the answers differ on purpose; if they do not, that is a failure too. */
  readonly differs?: string;
};

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const at = ({ ws }: Table, path: string): string => join(ws.path, path);

/** The answer as a program sees it, without what only this one says. */
async function answer(app: StdioServer, method: string, params: unknown): Promise<unknown> {
  const { result, error } = await app.ask(method, params);
  if (!isObject(error)) return result;
  return { code: error["code"], message: error["message"] };
}

const ask = (name: string, method: string, params: (table: Table) => unknown, differs?: string): Exchange => ({
  name,
  run: (table) => answer(table.app, method, params(table)),
  ...(differs === undefined ? {} : { differs }),
});

const exec = (name: string, params: JsonObject, differs?: string): Exchange =>
  ask(`command/exec: ${name}`, "command/exec", () => params, differs);

const sh = (script: string): string[] => ["/bin/sh", "-c", script];

/** What was told of a process, the pieces of each stream joined. */
function streamed(app: StdioServer, id: string): unknown {
  const pieces = app.heard.flatMap(({ method, params }) =>
    String(method).endsWith("outputDelta") &&
    isObject(params) &&
    [params["processId"], params["processHandle"]].includes(id)
      ? [params]
      : [],
  );
  const join = (stream: string) =>
    Buffer.concat(
      pieces
        .filter((piece) => piece["stream"] === stream)
        .map((piece) => Buffer.from(String(piece["deltaBase64"]), "base64")),
    ).toString();
  const capped = pieces.filter((piece) => piece["capReached"]).map((piece) => piece["stream"]);
  return { stdout: join("stdout"), stderr: join("stderr"), capped };
}

const noPanic = "A program that is not there ends like in a shell, with 127 and a sentence, and without a panic.";

const commands: Exchange[] = [
  exec("no words", { command: [] }),
  exec("both streams and the code", { command: sh("echo out; echo err >&2; exit 3") }),
  exec("no input", { command: ["cat"] }),
  exec("a missing program", { command: ["no-such-program"] }, noPanic),
  exec(
    "a missing program without a sandbox",
    { command: ["no-such-program"], sandboxPolicy: { type: "dangerFullAccess" } },
    noPanic,
  ),
  exec("killed", { command: sh("kill -9 $$") }),
  exec("out of time", { command: sh("echo a; sleep 9"), timeoutMs: 150 }),
  exec("a negative time", { command: ["true"], timeoutMs: -1 }),
  exec("time and no time", { command: ["true"], timeoutMs: 5, disableTimeout: true }),
  exec("cap and no cap", { command: ["true"], outputBytesCap: 5, disableOutputCap: true }),
  exec("a cap", { command: sh("echo 123456789; echo abcdefghi >&2"), outputBytesCap: 5 }),
  exec("a cap of nothing", { command: sh("echo 123456789"), outputBytesCap: 0 }),
  exec("a negative cap", { command: ["true"], outputBytesCap: -1 }),
  exec("a terminal without an id", { command: ["true"], tty: true }),
  exec("streams without an id", { command: ["true"], streamStdoutStderr: true }),
  exec("a size without a terminal", { command: ["true"], size: { rows: 3, cols: 4 } }),
  exec("a size of nothing", { command: ["true"], processId: "z", tty: true, size: { rows: 0, cols: 4 } }),
  exec("a folder that is not there", { command: ["pwd"], cwd: "/nonexistent" }),
  exec("another folder", { command: ["pwd"], cwd: "/usr" }),
  exec("environment", { command: sh("echo $A-${HOME-none}"), env: { A: "1", HOME: null } }),
  exec("read-only by default", { command: sh("touch x 2>/dev/null; test -e x; echo $?") }),
  exec("a policy that lets write", {
    command: sh("touch x && echo written"),
    sandboxPolicy: { type: "workspaceWrite", writableRoots: [], networkAccess: false },
  }),
  exec("a profile that lets write", { command: sh("touch y && echo written"), permissionProfile: ":workspace" }),
  exec("a profile that does not", { command: sh("touch z 2>/dev/null || echo no"), permissionProfile: ":read-only" }),
  exec("an unknown profile", { command: ["true"], permissionProfile: ":nope" }),
  exec("policy and profile", {
    command: ["true"],
    permissionProfile: ":workspace",
    sandboxPolicy: { type: "dangerFullAccess" },
  }),
  exec("NUL", { command: ["true\0x"] }),
  exec("no list of words", { command: "x" }),
  ask("command/exec/write: unknown", "command/exec/write", () => ({ processId: "q", deltaBase64: "" })),
  ask("command/exec/write: nothing to do", "command/exec/write", () => ({ processId: "q" })),
  ask("command/exec/write: no base64", "command/exec/write", () => ({ processId: "q", deltaBase64: "!" })),
  ask("command/exec/write: short base64", "command/exec/write", () => ({ processId: "q", deltaBase64: "aa" })),
  ask("command/exec/resize: unknown", "command/exec/resize", () => ({ processId: "q", size: { rows: 1, cols: 1 } })),
  ask("command/exec/resize: nothing", "command/exec/resize", () => ({ processId: "q", size: { rows: 1, cols: 0 } })),
  ask("command/exec/terminate: unknown", "command/exec/terminate", () => ({ processId: "q" })),
  {
    name: "command/exec: streams with a cap",
    run: async ({ app }) => [
      await answer(app, "command/exec", {
        command: sh("echo 123456789; echo e >&2"),
        processId: "s",
        streamStdoutStderr: true,
        outputBytesCap: 5,
      }),
      streamed(app, "s"),
    ],
  },
  {
    name: "command/exec: input, a second of the same id, no terminal",
    run: async ({ app }) => {
      const more = { processId: "i", streamStdin: true, streamStdoutStderr: true };
      const running = answer(app, "command/exec", { command: sh("echo up; cat; echo end"), ...more });
      await app.untilMethod("command/exec/outputDelta", ({ processId }) => processId === "i");
      return [
        await answer(app, "command/exec", { command: ["true"], processId: "i" }),
        await answer(app, "command/exec/resize", { processId: "i", size: { rows: 1, cols: 1 } }),
        await answer(app, "command/exec/write", { processId: "i", deltaBase64: base64("one ") }),
        await answer(app, "command/exec/write", { processId: "i", deltaBase64: base64("two "), closeStdin: true }),
        await running,
        streamed(app, "i"),
      ];
    },
  },
  {
    name: "command/exec: input that was not asked for, and an end",
    run: async ({ app }) => {
      const wish = { command: sh("echo up; sleep 9"), processId: "k", streamStdoutStderr: true };
      const running = answer(app, "command/exec", wish);
      await app.untilMethod("command/exec/outputDelta", ({ processId }) => processId === "k");
      return [
        await answer(app, "command/exec/write", { processId: "k", deltaBase64: base64("x") }),
        await answer(app, "command/exec/terminate", { processId: "k" }),
        await running,
      ];
    },
  },
  {
    name: "command/exec: a terminal",
    run: async ({ app }) => {
      const command = sh("stty size; read x; stty size; echo got $x; cat; echo bye");
      const running = answer(app, "command/exec", { command, processId: "t", tty: true, size: { rows: 10, cols: 33 } });
      await app.untilMethod("command/exec/outputDelta", ({ processId }) => processId === "t");
      return [
        await answer(app, "command/exec/resize", { processId: "t", size: { rows: 20, cols: 44 } }),
        await answer(app, "command/exec/write", { processId: "t", deltaBase64: base64("abc\n") }),
        await app.until(() => JSON.stringify(streamed(app, "t")).includes("got abc")).then(() => "got it"),
        await answer(app, "command/exec/write", { processId: "t", closeStdin: true }),
        await running,
        streamed(app, "t"),
      ];
    },
  },
];

/** Starts a process and gives its answer and what was told of it. */
const spawn = (name: string, params: JsonObject): Exchange => ({
  name: `process/spawn: ${name}`,
  run: async ({ app, ws }) => {
    const processHandle = `handle of ${name}`;
    const answered = await answer(app, "process/spawn", { processHandle, cwd: ws.path, ...params });
    if (isObject(answered) && "code" in answered) return answered;
    const { params: exited } = await app.untilMethod(
      "process/exited",
      (told) => told["processHandle"] === processHandle,
    );
    return [answered, exited, streamed(app, processHandle)];
  },
});

const processes: Exchange[] = [
  spawn("no words", { command: [] }),
  spawn("no handle", { command: ["true"], processHandle: "" }),
  spawn("both streams, and it may write", { command: sh("echo hi; echo e >&2; touch out; ls out; exit 4") }),
  spawn("a missing program", { command: ["no-such-program"] }),
  spawn("a folder that is not there", { command: ["pwd"], cwd: "/nonexistent" }),
  spawn("a relative folder", { command: ["pwd"], cwd: "sub" }),
  spawn("a cap", { command: sh("echo 123456789; echo abc >&2"), outputBytesCap: 5 }),
  spawn("a cap that is just filled", { command: sh("printf 12345"), outputBytesCap: 5 }),
  spawn("streams", { command: sh("echo 123456789; echo abc >&2"), outputBytesCap: 5, streamStdoutStderr: true }),
  spawn("no cap, no time", { command: ["true"], outputBytesCap: null, timeoutMs: null }),
  spawn("out of time", { command: ["sleep", "9"], timeoutMs: 50 }),
  spawn("a size without a terminal", { command: ["true"], size: { rows: 1, cols: 2 } }),
  spawn("a terminal", { command: sh("stty size"), tty: true, size: { rows: 5, cols: 6 } }),
  spawn("environment", { command: sh("echo $A-${HOME-none}"), env: { A: "1", HOME: null } }),
  ask("process/kill: unknown", "process/kill", () => ({ processHandle: "q" })),
  ask("process/writeStdin: unknown", "process/writeStdin", () => ({ processHandle: "q", closeStdin: true })),
  ask("process/writeStdin: nothing to do", "process/writeStdin", () => ({ processHandle: "q" })),
  ask("process/resizePty: nothing", "process/resizePty", () => ({ processHandle: "q", size: { rows: 0, cols: 1 } })),
  {
    name: "process/spawn: a second of the same handle, input that was not asked for, an end",
    run: async ({ app, ws }) => {
      const wish = { processHandle: "k", cwd: ws.path };
      return [
        await answer(app, "process/spawn", { ...wish, command: ["sleep", "9"] }),
        await answer(app, "process/spawn", { ...wish, command: ["true"] }),
        await answer(app, "process/writeStdin", { processHandle: "k", deltaBase64: base64("x") }),
        await answer(app, "process/resizePty", { processHandle: "k", size: { rows: 1, cols: 1 } }),
        await answer(app, "process/kill", { processHandle: "k" }),
        (await app.untilMethod("process/exited", ({ processHandle }) => processHandle === "k"))["params"],
      ];
    },
  },
];

const fs = (method: string, path: string, more: JsonObject = {}, differs?: string): Exchange =>
  ask(
    `fs/${method}: ${path} ${JSON.stringify(more)}`,
    `fs/${method}`,
    (table) => ({ path: at(table, path), ...more }),
    differs,
  );

const copy = (from: string, to: string, recursive?: boolean, differs?: string): Exchange =>
  ask(
    `fs/copy: ${from} to ${to}${recursive === true ? " with all in it" : ""}`,
    "fs/copy",
    (table) => ({
      sourcePath: at(table, from),
      destinationPath: at(table, to),
      ...(recursive === undefined ? {} : { recursive }),
    }),
    differs,
  );

const isLink = (metadata: unknown): unknown => isObject(metadata) && metadata["isSymlink"];

const places = ["f", "d", "link to f", "link to d", "link to nothing", "nothing", "f/below"];

/** All that was told to have changed, however it was gathered. */
function changedPaths(app: StdioServer): string[] {
  const told = app.heard.flatMap(({ method, params }) => (method === "fs/changed" && isObject(params) ? [params] : []));
  return [...new Set(told.flatMap((params) => params["changedPaths"] as string[]))].sort();
}

const files: Exchange[] = [
  ...["readFile", "readDirectory"].flatMap((method) => places.map((path) => fs(method, path))),
  ...places.map((path) => ({
    ...fs("getMetadata", path),
    run: async (table: Table) => {
      const answered = await answer(table.app, "fs/getMetadata", { path: at(table, path) });
      // The files are each side's own, and the original knows no times of birth.
      return isObject(answered) && "isFile" in answered ? { ...answered, createdAtMs: 0, modifiedAtMs: 0 } : answered;
    },
  })),
  ask("fs/readFile: a relative path", "fs/readFile", () => ({ path: "f" })),
  ask("fs/readFile: a device", "fs/readFile", () => ({ path: "/dev/null" })),
  fs("readFile", "a\0b"),
  fs("readFile", "sub/../f"),
  fs("readDirectory", "", {}, "Entries come in order, where the original takes them as the disk has them."),
  fs("writeFile", "new", { dataBase64: base64("new") }),
  fs("writeFile", "link to f", { dataBase64: base64("by the link") }),
  fs("writeFile", "d", { dataBase64: "" }),
  fs("writeFile", "no/such", { dataBase64: "" }),
  fs("writeFile", "new", { dataBase64: "***" }),
  fs("writeFile", "new", { dataBase64: "YQ" }),
  fs("createDirectory", "m1"),
  fs("createDirectory", "m1"),
  fs("createDirectory", "m1", { recursive: false }),
  fs("createDirectory", "m2/a/b"),
  fs("createDirectory", "m3/a", { recursive: false }),
  fs("createDirectory", "f"),
  fs("createDirectory", "f/a"),
  fs("createDirectory", "link to d"),
  fs("createDirectory", "link to nothing"),
  copy("f", "c1"),
  copy("f", "d"),
  copy("f", "no/x"),
  copy("nothing", "c2"),
  copy("d", "c3"),
  copy("d", "c3", true),
  copy("d", "c3", true),
  copy("d", "new/deep/c4", true),
  copy("d", "m2/deep/c4", true),
  copy("link to f", "c5"),
  copy("link to d", "c6", true),
  copy("link to nothing", "c7"),
  copy("link to f", "c5"),
  copy("d", "d/within", true),
  copy("d", "d", true),
  copy("d", "f", true),
  {
    name: "fs/copy: what it leaves",
    run: async (table) => [
      await answer(table.app, "fs/readFile", { path: at(table, "c1") }),
      await answer(table.app, "fs/readFile", { path: at(table, "f") }),
      await answer(table.app, "fs/readDirectory", { path: at(table, "c3") }),
      await answer(table.app, "fs/readFile", { path: at(table, "c3/x") }),
      await answer(table.app, "fs/getMetadata", { path: at(table, "c5") }).then(isLink),
      await answer(table.app, "fs/getMetadata", { path: at(table, "c6") }).then(isLink),
    ],
  },
  fs("remove", "nothing"),
  fs("remove", "nothing", { force: false }),
  fs("remove", "d", { recursive: false }),
  fs("remove", "m1", { recursive: false }),
  fs("remove", "link to f"),
  fs("remove", "link to d"),
  fs("remove", "f/below"),
  fs("remove", "c3"),
  fs("readDirectory", "d"),
  ask("fs/unwatch: unknown", "fs/unwatch", () => ({ watchId: "none" })),
  {
    name: "fs/watch: a folder",
    run: async (table) => {
      const { app, ws } = table;
      const watched = await answer(app, "fs/watch", { watchId: "w", path: at(table, "m2") });
      const again = await answer(app, "fs/watch", { watchId: "w", path: at(table, "m2") });
      await ws.write("m2/a/deeper", "");
      await ws.write("m2/two", "");
      await ws.write("m2/one", "");
      await app.until(() => changedPaths(app).length >= 2, "two changed paths");
      return [watched, again, changedPaths(app), await answer(app, "fs/unwatch", { watchId: "w" })];
    },
  },
  {
    name: "fs/watch: a file that is not there yet",
    run: async (table) => {
      const watched = await answer(table.app, "fs/watch", { watchId: "later", path: at(table, "m2/later") });
      await table.ws.write("m2/later", "");
      const { params } = await table.app.untilMethod("fs/changed", ({ watchId }) => watchId === "later");
      return [watched, params];
    },
  },
];

const find = (query: string, roots: string[], differs?: string): Exchange =>
  ask(
    `fuzzyFileSearch: ${query} in ${roots}`,
    "fuzzyFileSearch",
    (table) => ({ query, roots: roots.map((root) => at(table, root)), cancellationToken: null }),
    differs,
  );

const searches: Exchange[] = [
  ...["main", "MAIN", "mt", "foobar", "fb", "fbr", "src", "src/ma", "eclair", "éclair", "a1", "zzz", ""].map((query) =>
    find(query, ["tree"]),
  ),
  ...["bar foo", "foo !bar", "^src", ".ts$", "'oba", "ma\\ in", "x "].map((query) => find(query, ["tree"])),
  find("main", ["tree/src", "tree/lib"]),
  find("main", []),
  find("main", ["nothing"]),
  find("config", ["."], "The folder .git is not searched."),
  ask("fuzzyFileSearch: no roots", "fuzzyFileSearch", () => ({ query: "x" })),
  {
    name: "fuzzyFileSearch: a session",
    run: async (table) => {
      const { app } = table;
      const started = await answer(app, "fuzzyFileSearch/sessionStart", { sessionId: "s", roots: [at(table, "tree")] });
      await app.untilMethod("fuzzyFileSearch/sessionCompleted");
      const updated = await answer(app, "fuzzyFileSearch/sessionUpdate", { sessionId: "s", query: "main" });
      const { params } = await app.untilMethod("fuzzyFileSearch/sessionUpdated", ({ query }) => query === "main");
      const stopped = await answer(app, "fuzzyFileSearch/sessionStop", { sessionId: "s" });
      const late = await answer(app, "fuzzyFileSearch/sessionUpdate", { sessionId: "s", query: "x" });
      return [started, updated, params, stopped, late];
    },
  },
  ask("a session without an id", "fuzzyFileSearch/sessionStart", () => ({ sessionId: "", roots: ["/"] })),
  ask("a session without roots", "fuzzyFileSearch/sessionStart", () => ({ sessionId: "n", roots: [] })),
  ask("a stop of no session", "fuzzyFileSearch/sessionStop", () => ({ sessionId: "none" })),
];

const diff = (name: string, before: (ws: Ws) => Promise<unknown>, folder = ""): Exchange => ({
  name: `gitDiffToRemote: ${name}`,
  run: async (table) => {
    await before(table.ws);
    return answer(table.app, "gitDiffToRemote", { cwd: at(table, folder) });
  },
});
const nothing = async (): Promise<void> => {};

const diffs: Exchange[] = [
  diff("no remote", nothing),
  diff("no folder", nothing, "nothing"),
  diff("a remote of which nothing is known", async ({ git, root }) => {
    await git("init", "-q", "--bare", "-b", "main", join(root, "remote.git"));
    await git("remote", "add", "origin", join(root, "remote.git"));
  }),
  diff("pushed", ({ git }) => git("push", "-q", "origin", "main")),
  diff("changed, staged, new, ignored, binary and empty files", async ({ git, write }) => {
    await write("f", "other\n");
    await write("tree/src/main.ts", "staged\n");
    await git("add", "tree/src/main.ts");
    await write("u n.txt", "new\nfile");
    await write(".gitignore", "ignored\n");
    await write("ignored", "");
    await write("empty", "");
    await write("binary", "a\0b");
  }),
  diff("a commit that is not pushed", ({ git }) => git("commit", "-q", "-m", "More")),
  diff("from a folder in it", nothing, "tree"),
  diff("a branch that no remote has", async ({ git }) => {
    await git("checkout", "-q", "-b", "feature");
    await git("commit", "-q", "--allow-empty", "-m", "Feature");
  }),
];

const environments: Exchange[] = [
  ask("environment/info", "environment/info", () => ({ environmentId: "local" })),
  ask("environment/info: unknown", "environment/info", () => ({ environmentId: "x" })),
  ask("environment/status", "environment/status", () => ({ environmentId: "local" })),
  ask("environment/status: unknown", "environment/status", () => ({ environmentId: "x" })),
];

async function play(exchanges: readonly Exchange[], binary: string): Promise<Map<string, string>> {
  await using ws = await workspace({
    f: "hello\n",
    "d/x": "1",
    "tree/src/main.ts": "",
    "tree/src/lib/main-loop.ts": "",
    "tree/src/lib/Man.ts": "",
    "tree/lib/fooBar123.ts": "",
    "tree/lib/foo-bar.ts": "",
    "tree/lib/fOObAr.ts": "",
    "tree/lib/a1b2": "",
    "tree/éclair.ts": "",
    "tree/ma in": "",
    "tree/.hidden/main.txt": "",
    "tree/.gitignore": "*.log\n!keep.log\n",
    "tree/skip/main.log": "",
    "tree/skip/keep.log": "",
  });
  await symlink("f", join(ws.path, "link to f"));
  await symlink("d", join(ws.path, "link to d"));
  await symlink("nowhere", join(ws.path, "link to nothing"));
  await using app = await stdioServer({ ws, binary, env: { SHELL: "/bin/bash", GIT_CONFIG_GLOBAL: "/dev/null" } });
  await app.hello();
  const answers = new Map<string, string>();
  for (const { name, run } of exchanges) {
    const seen = await run({ app, ws });
    answers.set(`${name} (${answers.size})`, JSON.stringify(seen).replaceAll(ws.root, "<root>"));
  }
  return answers;
}

const original = findOriginal();

describe.skipIf(original === undefined)("as the original", () => {
  test.concurrent.each([
    ["commands", commands],
    ["processes", processes],
    ["files", files],
    ["searches", searches],
    ["diffs", diffs],
    ["environments", environments],
  ] as const)(
    "%s",
    async (_, exchanges) => {
      const [ours, theirs] = await Promise.all([play(exchanges, binaryPath()), play(exchanges, original ?? "")]);
      const expected = [...ours.keys()].map((name, i) => [name, exchanges[i]?.differs ?? "the same"]);
      const seen = [...ours].map(([name, text], i) => {
        const differs = exchanges[i]?.differs;
        const theirText = theirs.get(name);
        if (text === theirText) return [name, "the same"];
        return [name, differs ?? { ours: text, original: theirText }];
      });
      expect(seen).toEqual(expected);
    },
    30_000,
  );
});
