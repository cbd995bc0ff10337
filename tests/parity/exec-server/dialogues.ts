import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "@codex/protocol/json";
import { uri } from "../../support/exec-server-process.ts";
import type { Dialogue, Stage } from "./dialogue.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

async function handshake({ client, ask, keep }: Stage): Promise<void> {
  await ask("too early", "process/read", { processId: "x" });
  await ask("without a name", "initialize", {});
  await ask("no such session", "initialize", { clientName: "test", resumeSessionId: "gone" });
  const begun = await ask("hello", "initialize", { clientName: "test" });
  await ask("before initialized", "fs/readFile", { path: "file:///x" });
  await ask("again", "initialize", { clientName: "test" });
  client.send({ method: "initialized" });
  const info = await client.must("environment/info");
  keep("told twice", Bun.deepEquals(info, ((begun["result"] ?? {}) as JsonObject)["environmentInfo"]));
  await ask("status", "environment/status");
  await ask("unknown method", "no/method", {});
}

async function processes({ client, ask, ended }: Stage): Promise<void> {
  await client.begin();
  const start = async (label: string, argv: string[], more: JsonObject = {}): Promise<void> => {
    await ask(`start ${label}`, "process/start", {
      processId: label,
      argv,
      cwd: "file:///",
      env: { PATH: "/usr/local/bin:/usr/bin:/bin", A: "1" },
      tty: false,
      ...more,
    });
  };
  await start("both", ["sh", "-c", "echo out; sleep 0.1; echo err >&2; sleep 0.1; exit 3"]);
  await ended("both");
  await ask("read all", "process/read", { processId: "both" });
  await ask("read later", "process/read", { processId: "both", afterSeq: 1 });
  await ask("read little", "process/read", { processId: "both", maxBytes: 2 });
  await ask("read beyond", "process/read", { processId: "both", afterSeq: 99 });
  await ask("write to one that ended", "process/write", { processId: "both", chunk: base64("x"), writeId: "1" });
  await start("both", ["true"]);
  await start("none", []);
  await start("missing", ["no-such-program"]);
  await start("nowhere", ["true"], { cwd: "file:///no/such/folder" });
  await start("plain path", ["true"], { cwd: "/tmp" });
  await start("no tty", ["true"], { tty: null });
  await start("by another name", ["sh", "-c", "echo $0"], { arg0: "other" });
  await ended("by another name");
  await start("environment", ["sh", "-c", 'echo "$A $B $HOME"'], {
    envPolicy: { inherit: "none", ignoreDefaultExcludes: true, exclude: [], set: { B: "2", A: "0" }, includeOnly: [] },
  });
  await ended("environment");
  await start("cat", ["cat"], { pipeStdin: true });
  await ask("write", "process/write", { processId: "cat", chunk: base64("hello"), writeId: "1" });
  await ask("write again", "process/write", { processId: "cat", chunk: base64("hello"), writeId: "1" });
  await ask("write under no id", "process/write", { processId: "cat", chunk: base64("hello"), writeId: "" });
  await ask("write what is no base64", "process/write", { processId: "cat", chunk: "###", writeId: "2" });
  await client.untilMethod("process/output", (params) => params["processId"] === "cat");
  await ask("interrupt", "process/signal", { processId: "cat", signal: "interrupt" });
  await ended("cat");
  await ask("another signal", "process/signal", { processId: "cat", signal: "hangup" });
  await ask("signal to nobody", "process/signal", { processId: "nobody", signal: "interrupt" });
  await ask("write to nobody", "process/write", { processId: "nobody", chunk: "", writeId: "1" });
  await ask("read of nobody", "process/read", { processId: "nobody" });
  await ask("end nobody", "process/terminate", { processId: "nobody" });
  await start("sleeper", ["sleep", "60"]);
  await ask("end", "process/terminate", { processId: "sleeper" });
  await ended("sleeper");
  await start("killed", ["sh", "-c", "kill -9 $$"]);
  await ended("killed");
}

async function terminal({ client, ask, ended }: Stage): Promise<void> {
  await client.begin();
  const script = "stty size; read -r x; echo got $x; exit 4";
  await client.start("t", ["sh", "-c", script], { tty: true });
  await client.untilMethod("process/output");
  await ask("type", "process/write", { processId: "t", chunk: base64("hello\n"), writeId: "1" });
  await ended("t");
  await client.start("sleeper", ["sleep", "60"], { tty: true });
  await ask("another size", "process/resize", { processId: "sleeper", size: { rows: 10, cols: 10 } });
  await ask("end", "process/terminate", { processId: "sleeper" });
  await ended("sleeper");
}

async function files({ client, ws, ask }: Stage): Promise<void> {
  await client.begin();
  await symlink("a.txt", join(ws.path, "link"));
  await symlink("nowhere", join(ws.path, "dangling"));
  const at = (name: string): { path: string } => ({ path: uri(join(ws.path, name)) });
  const each: [label: string, method: string, params: JsonObject][] = [
    ["read", "readFile", at("a.txt")],
    ["read nothing", "readFile", at("nothing")],
    ["read a folder", "readFile", at("folder")],
    ["another scheme", "readFile", { path: "http://x/y" }],
    ["another host", "readFile", { path: "file://host/x" }],
    ["a query", "readFile", { path: "file:///x?y" }],
    ["a fragment", "readFile", { path: "file:///x#y" }],
    ["facts", "getMetadata", at("a.txt")],
    ["facts of a link", "getMetadata", at("link")],
    ["facts of a dangling link", "getMetadata", at("dangling")],
    ["facts of a folder", "getMetadata", at("folder")],
    ["real path", "canonicalize", at("folder/../link")],
    ["entries of a file", "readDirectory", at("a.txt")],
    ["make folders", "createDirectory", at("new/folder")],
    ["make one that is there", "createDirectory", { ...at("new"), recursive: false }],
    ["make in nothing", "createDirectory", { ...at("nothing/new"), recursive: false }],
    ["write", "writeFile", { ...at("new/f ö#?.txt"), dataBase64: base64("new") }],
    ["write what is no base64", "writeFile", { ...at("new/g"), dataBase64: "##" }],
    ["write in nothing", "writeFile", { ...at("nothing/g"), dataBase64: "" }],
    ["copy one file", "copy", copyOf("new/f ö#?.txt", "copy.txt", false)],
    ["copy a folder as a file", "copy", copyOf("new", "newer", false)],
    ["copy a folder", "copy", copyOf("new", "newer", true)],
    ["copy into itself", "copy", copyOf("new", "new/er", true)],
    ["real path of signs", "canonicalize", at("newer/f ö#?.txt")],
    ["walk", "walk", { ...at("."), options: walkOptions }],
    ["walk without hidden ones", "walk", { ...at("."), options: { ...walkOptions, pruneHiddenDirectories: true } }],
    ["walk a level", "walk", { ...at("."), options: { ...walkOptions, maxDepth: 0 } }],
    ["walk a few", "walk", { ...at("."), options: { ...walkOptions, maxEntries: 2 } }],
    ["walk one folder", "walk", { ...at("."), options: { ...walkOptions, maxDirectories: 1 } }],
    ["walk nothing", "walk", { ...at("nothing"), options: walkOptions }],
    ["walk a file", "walk", { ...at("a.txt"), options: walkOptions }],
    ["walk no entries", "walk", { ...at("."), options: { ...walkOptions, maxEntries: 0 } }],
    ["remove a full folder alone", "remove", { ...at("newer"), recursive: false }],
    ["remove", "remove", at("newer")],
    ["remove nothing", "remove", at("newer")],
    ["remove nothing, not forced", "remove", { ...at("newer"), force: false }],
    ["not confined", "getMetadata", { ...at("a.txt"), sandbox: unconfined }],
    ["an unknown confinement", "getMetadata", { ...at("a.txt"), sandbox: { permissions: { type: "x" } } }],
    ["an empty confinement", "getMetadata", { ...at("a.txt"), sandbox: {} }],
  ];
  function copyOf(from: string, to: string, recursive: boolean): JsonObject {
    return { sourcePath: at(from).path, destinationPath: at(to).path, recursive };
  }
  for (const [label, method, params] of each) await ask(label, `fs/${method}`, params);
}

const unconfined = { permissions: { type: "disabled" }, windowsSandboxLevel: "disabled" };
const walkOptions = { maxDepth: 9, maxDirectories: 99, maxEntries: 99, followDirectorySymlinks: true };

async function blocks({ client, ws, ask }: Stage): Promise<void> {
  await client.begin();
  const at = (name: string): { path: string } => ({ path: uri(join(ws.path, name)) });
  const each: [label: string, method: string, params: JsonObject][] = [
    ["open", "open", { handleId: "h", ...at("a.txt") }],
    ["open twice", "open", { handleId: "h", ...at("a.txt") }],
    ["open nothing", "open", { handleId: "n", ...at("nothing") }],
    ["open a folder", "open", { handleId: "f", ...at("folder") }],
    ["open in another way", "open", { handleId: "x", ...at("a.txt"), mode: "append" }],
    ["read", "readBlock", { handleId: "h", offset: 0, len: 3 }],
    ["read up to the end", "readBlock", { handleId: "h", offset: 3, len: 3 }],
    ["read beyond", "readBlock", { handleId: "h", offset: 3, len: 9 }],
    ["read no bytes", "readBlock", { handleId: "h", offset: 3, len: 0 }],
    ["read too much", "readBlock", { handleId: "h", offset: 0, len: 2_000_000 }],
    ["write what is open for reading", "writeBlock", { handleId: "h", offset: 0, chunk: base64("x") }],
    ["read of nobody", "readBlock", { handleId: "nobody", offset: 0, len: 1 }],
    ["close", "close", { handleId: "h" }],
    ["close again", "close", { handleId: "h" }],
    ["replace", "open", { handleId: "w", ...at("a.txt"), mode: "replace" }],
    ["write", "writeBlock", { handleId: "w", offset: 2, chunk: base64("cd") }],
    ["write before", "writeBlock", { handleId: "w", offset: 0, chunk: base64("ab") }],
    ["write no bytes", "writeBlock", { handleId: "w", offset: 0, chunk: "" }],
    ["written", "readFile", at("a.txt")],
    ["watch what is there", "watchMissing", { watchId: 1, missing: [at("a.txt").path] }],
    ["watch nothing", "watchMissing", { watchId: 1, missing: [] }],
    ["watch", "watchMissing", { watchId: 2, missing: [at("later").path] }],
  ];
  for (const [label, method, params] of each) await ask(label, `fs/${method}`, params);
  await mkdir(join(ws.path, "later"));
  await client.untilMethod("fs/missingChanged", (params) => params["watchId"] === 2);
}

async function requests({ client, ask, keep }: Stage): Promise<void> {
  await client.begin();
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  try {
    const { port } = server;
    const request = async (label: string, path: string, more: JsonObject = {}): Promise<void> => {
      const params = { method: "GET", url: `http://127.0.0.1:${port}${path}`, requestId: label, ...more };
      const { result } = await client.ask("http/request", params);
      const { status, headers, bodyBase64 } = (result ?? {}) as JsonObject;
      const named = (headers as { name: string; value: string }[]).filter(({ name }) => /^(?:x-|content-e)/.test(name));
      keep(label, { status: status as number, headers: named, body: String(bodyBase64) });
    };
    await request("post", "/echo", { method: "POST", bodyBase64: base64("hello") });
    await request("redirect", "/redirect");
    await request("redirect, not followed", "/redirect", { redirectPolicy: "stop" });
    await request("compressed", "/compressed");
    await request("streamed", "/streamed", { streamResponse: true });
    await client.untilMethod("http/request/bodyDelta", (params) => params["done"] === true);
    const deltas = client.heard.filter(({ method }) => method === "http/request/bodyDelta");
    keep("deltas", deltas.map(({ params }) => params) as JsonObject[]);
  } finally {
    await server.stop(true);
  }
  const wrong = (label: string, params: JsonObject): Promise<JsonObject> =>
    ask(label, "http/request", { method: "GET", url: "http://127.0.0.1:1/", requestId: "x", ...params });
  await wrong("nobody listens", {});
  await wrong("another scheme", { url: "ftp://127.0.0.1/" });
  await wrong("no URL", { url: "x" });
  await wrong("no method", { method: "G T" });
  await wrong("a header's name", { headers: [{ name: "a b", value: "" }] });
  await wrong("a header's value", { headers: [{ name: "a", value: "x\ny" }] });
  await wrong("another policy", { redirectPolicy: "manual" });
}

async function answer(request: Request): Promise<Response> {
  switch (new URL(request.url).pathname) {
    case "/redirect":
      return new Response(null, { status: 302, headers: { location: "/echo", "x-redirect": "1" } });
    case "/compressed":
      return new Response(Bun.gzipSync("hello"), { headers: { "content-encoding": "gzip" } });
    case "/streamed":
      return new Response("streamed");
    default:
      return new Response(`${request.method} ${await request.text()}`, { headers: { "x-echo": "1" } });
  }
}

async function session({ client, keep, connect }: Stage): Promise<void> {
  const { sessionId } = await client.begin();
  const hello = { clientName: "test", resumeSessionId: String(sessionId) };
  await client.start("p", ["sh", "-c", "echo one; read -r x; echo $x"], { pipeStdin: true });
  await client.untilMethod("process/output");
  const other = await connect();
  const { error } = await other.ask("initialize", hello);
  keep("a session in use", { code: (error as JsonObject)["code"] as number });
  client.close();
  const again = await connect();
  for (;;) {
    const { result } = await again.ask("initialize", hello);
    if (result === undefined) continue;
    keep("the same session", (result as JsonObject)["sessionId"] === sessionId);
    break;
  }
  again.send({ method: "initialized" });
  keep("read", (await again.must("process/read", { processId: "p" })) as JsonObject);
  await again.must("process/write", { processId: "p", chunk: base64("two\n"), writeId: "1" });
  keep("the rest", { ...(await again.ended("p")).output });
}

const somefiles = { "a.txt": "hello\n", "folder/inner/f": "x", ".hidden/f": "x" };

export const dialogues: readonly Dialogue[] = [
  { name: "handshake on stdio", over: "stdio", hold: handshake },
  { name: "handshake", over: "ws", hold: handshake },
  { name: "processes on stdio", over: "stdio", hold: processes },
  { name: "processes", over: "ws", hold: processes },
  { name: "terminal", over: "ws", hold: terminal },
  { name: "files", over: "ws", files: somefiles, hold: files },
  { name: "blocks", over: "stdio", files: somefiles, hold: blocks },
  { name: "requests", over: "ws", hold: requests },
  { name: "session", over: "ws", hold: session },
];
