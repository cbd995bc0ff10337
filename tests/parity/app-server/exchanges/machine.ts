import type { Exchange } from "../exchange.ts";

const base64 = (words: string): string => Buffer.from(words).toString("base64");

export const machine: Exchange[] = [
  {
    name: "command/exec in every way",
    config: 'sandbox_mode = "workspace-write"\n',
    async play({ app, ws }) {
      await app.ask("command/exec", { command: ["sh", "-c", "echo out; echo err >&2; exit 3"] });
      await app.ask("command/exec", { command: [] });
      await app.ask("command/exec", { command: ["sleep", "5"], timeoutMs: 100 });
      await app.ask("command/exec", { command: ["sh", "-c", "echo abcdefgh"], outputBytesCap: 3 });
      await app.ask("command/exec", { command: ["pwd"], cwd: ws.home });
      await app.ask("command/exec", { command: ["sh", "-c", "echo $MINE"], env: { MINE: "set" } });
      await app.ask("command/exec", { command: ["cat"], streamStdin: true });
      await app.ask("command/exec", { command: ["touch", `${ws.root}/outside`] });
      await app.ask("command/exec", {
        command: ["sh", "-c", `echo x > ${ws.root}/outside && cat ${ws.root}/outside`],
        sandboxPolicy: { type: "dangerFullAccess" },
      });
      await app.ask("command/exec/write", { processId: "none", deltaBase64: "" });
      await app.ask("command/exec/terminate", { processId: "none" });
      await app.ask("command/exec/resize", { processId: "none", size: { rows: 1, cols: 1 } });
    },
  },
  {
    name: "command/exec: written to, resized, ended",
    config: 'sandbox_mode = "danger-full-access"\n',
    async play({ app }) {
      const cat = app.ask("command/exec", {
        command: ["cat"],
        processId: "p1",
        streamStdin: true,
        streamStdoutStderr: true,
      });
      await app.ask("command/exec/write", { processId: "p1", deltaBase64: base64("hello\n") });
      await app.hears("command/exec/outputDelta");
      await app.ask("command/exec", { command: ["true"], processId: "p1" });
      await app.ask("command/exec/resize", { processId: "p1", size: { rows: 10, cols: 20 } });
      await app.ask("command/exec/write", { processId: "p1", closeStdin: true });
      await cat;
      const tty = app.ask("command/exec", {
        command: ["sh", "-c", "stty size; read x; stty size; sleep 60"],
        processId: "p2",
        tty: true,
        size: { rows: 10, cols: 20 },
      });
      await app.hears("command/exec/outputDelta", 2);
      await app.ask("command/exec/resize", { processId: "p2", size: { rows: 30, cols: 40 } });
      await app.ask("command/exec/terminate", { processId: "p2" });
      await tty;
    },
  },
  {
    name: "process/spawn and its end",
    async play({ app, ws }) {
      const started = { cwd: ws.path, processHandle: "h1" };
      await app.ask("process/spawn", { ...started, command: ["sh", "-c", "echo out; exit 4"] });
      await app.hears("process/exited");
      await app.ask("process/spawn", { ...started, processHandle: "h2", command: ["sleep", "60"] });
      await app.ask("process/spawn", { ...started, processHandle: "h2", command: ["true"] });
      await app.ask("process/kill", { processHandle: "h2" });
      await app.hears("process/exited", 2);
    },
  },
  {
    name: "files",
    files: { "a.txt": "alpha\n", "dir/b.txt": "beta\n" },
    async play({ app, ws }) {
      const at = (name: string) => `${ws.path}/${name}`;
      await app.ask("fs/readFile", { path: at("a.txt") });
      await app.ask("fs/readFile", { path: at("dir") });
      await app.ask("fs/writeFile", { path: at("new.txt"), dataBase64: base64("new\n") });
      await app.ask("fs/writeFile", { path: at("no/where.txt"), dataBase64: "" });
      await app.ask("fs/writeFile", { path: at("bad.txt"), dataBase64: "!" });
      await app.ask("fs/createDirectory", { path: at("x/y"), recursive: true });
      await app.ask("fs/createDirectory", { path: at("q/y"), recursive: false });
      await app.ask("fs/getMetadata", { path: at("a.txt") });
      await app.ask("fs/getMetadata", { path: at("nothing") });
      await app.ask("fs/readDirectory", { path: at("dir") });
      await app.ask("fs/copy", { sourcePath: at("dir"), destinationPath: at("copy") });
      await app.ask("fs/copy", { sourcePath: at("dir"), destinationPath: at("copy"), recursive: true });
      await app.ask("fs/remove", { path: at("dir"), recursive: false, force: false });
      await app.ask("fs/remove", { path: at("dir") });
      await app.ask("fs/remove", { path: at("nothing"), force: false });
      await app.ask("fs/watch", { watchId: "w1", path: at("a.txt") });
      await app.ask("fs/watch", { watchId: "w1", path: at("a.txt") });
      await ws.write("a.txt", "changed\n");
      await app.hears("fs/changed");
      await app.ask("fs/unwatch", { watchId: "w1" });
      await app.ask("fs/unwatch", { watchId: "w1" });
    },
  },
  {
    name: "search for files",
    files: { "src/apple.ts": "", "src/apply.ts": "", "docs/pear.md": "" },
    async play({ app, ws }) {
      await app.ask("fuzzyFileSearch", { query: "appl", roots: [ws.path] });
      await app.ask("fuzzyFileSearch", { query: "nothing at all", roots: [ws.path] });
      await app.ask("fuzzyFileSearch", { query: "", roots: [ws.path] });
      await app.ask("fuzzyFileSearch/sessionStart", { sessionId: "s1", roots: [ws.path] });
      await app.ask("fuzzyFileSearch/sessionUpdate", { sessionId: "s1", query: "pear" });
      let found = false;
      await app.until(({ method, params }) => {
        found ||= method === "fuzzyFileSearch/sessionUpdated" && JSON.stringify(params).includes("pear.md");
        return found && method === "fuzzyFileSearch/sessionCompleted";
      });
      await app.ask("fuzzyFileSearch/sessionStop", { sessionId: "s1" });
      await app.ask("fuzzyFileSearch/sessionUpdate", { sessionId: "s1", query: "x" });
    },
  },
  {
    name: "what git has that the remote has not",
    files: { "a.txt": "one\n" },
    async play({ app, ws }) {
      await app.ask("gitDiffToRemote", { cwd: ws.path });
      await ws.git("init", "-q", "--bare", "../remote.git");
      await ws.git("remote", "add", "origin", "../remote.git");
      await ws.git("push", "-q", "-u", "origin", "main");
      await ws.write("a.txt", "two\n");
      await ws.write("b.txt", "new\n");
      await app.ask("gitDiffToRemote", { cwd: ws.path });
      await app.ask("gitDiffToRemote", { cwd: ws.home });
    },
  },
];
