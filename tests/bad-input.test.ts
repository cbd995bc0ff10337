// What a person gets wrong, or finds broken: each ends in one clear sentence and the right exit code. None of it is a stack
// trace or a silent success, nothing is sent that should not be, and the project stays as it was.
import { describe, expect, test } from "bun:test";
import { chmod, mkdir, symlink } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";
import { leftProcesses } from "./processes.test-support.ts";

type Options = Omit<Parameters<typeof codex.exec>[0], "ws">;
type Workspace = Awaited<ReturnType<typeof workspace>>;
type Script = Parameters<typeof model.plays>[0];
type Run = Awaited<ReturnType<typeof codex.exec>>;

/** One thing that is wrong, and what is said about it. */
type Case = Pick<Options, "args" | "config" | "env" | "provider"> & {
  what: string;
  /** Breaks something, and gives what the run needs for it. */
  arrange?: (ws: Workspace) => Promise<Options | void>;
  says: RegExp;
  /** 1 when absent. */
  exit?: number;
};

/** Runs that end before there is a thread: nothing on standard output, no request. */
function refuses(about: string, cases: Case[]): void {
  describe(about, () => {
    for (const { what, arrange, says, exit = 1, args = ["do it"], ...options } of cases) {
      test(what, async () => {
        await using server = await model.plays([]);
        await using ws = await workspace({ "a.txt": "hi\n" });
        const arranged = await arrange?.(ws);
        const run = await codex.exec({ server, ws, args: ["--json", ...args], ...options, ...arranged });
        expect(run.stderr).toMatch(says);
        expectOneSentence(run.stderr);
        expect([run.exitCode, run.stdout, server.requests.length]).toEqual([exit, "", 0]);
        expect(await ws.git("status", "--porcelain")).toBe("");
      });
    }
  });
}

/** One line, which may have an excerpt of a file below it; no trace of the program's insides. */
function expectOneSentence(text: string): void {
  const around = /^Error loading config\.toml:$|^in `|^\s*\d* \|\s?|^Reading prompt from stdin/;
  const lines = text.split("\n").filter((line) => line !== "" && !around.test(line));
  expect(lines).toHaveLength(1);
  expect(text.length).toBeLessThan(1000);
  expect(text).not.toMatch(/^\s+at |\bundefined\b|\[object |Error: Error|node:|bunfs|\bE[A-Z]{4,}\b/m);
}

const write = (ws: Workspace, file: string, content: string | Uint8Array) => Bun.write(join(ws.root, file), content);

/** Runs a line of shell in place of Codex; `$codex` in it is Codex. */
async function shell(ws: Workspace, line: string): Promise<Options> {
  const binary = join(ws.root, "run.sh");
  await Bun.write(binary, `#!/bin/sh\ncodex='${binaryPath()}'\n${line}\n`);
  await chmod(binary, 0o755);
  return { binary, subcommand: [], args: [] };
}

const isRoot = process.getuid?.() === 0;
const nowhere = "/nowhere/at/all";

refuses("settings", [
  {
    what: "a config.toml that is a folder",
    arrange: async (ws) => {
      await mkdir(join(ws.codexHome, "config.toml"));
      return { config: false };
    },
    says: /cannot read \S+config\.toml: is a directory/,
  },
  {
    what: "a config.toml of a megabyte of noise",
    arrange: async (ws) => {
      await write(ws, "codex-home/config.toml", new Uint8Array(1 << 20).fill(0x9b));
      return { config: false };
    },
    says: /config\.toml:1:1: /,
  },
  { what: "a config.toml cut in the middle", config: 'model = "gpt', says: /config\.toml:2:\d+: / },
  { what: "a number for a model", config: "model = 5", says: /invalid type: integer `5`, expected a string/ },
  { what: "an unknown sandbox mode", config: 'sandbox_mode = "off"', says: /unknown variant `off`, expected one of/ },
  { what: "a -c that is no setting", args: ["-c", "nonsense", "x"], says: /missing '='\): nonsense/ },
  { what: "a -c with a wrong type", args: ["-c", "model=[1]", "x"], says: /invalid type: sequence/ },
  { what: "an unknown profile", args: ["-p", "nope", "x"], says: /no profile `nope`/ },
  { what: "a -s that is none", args: ["-s", "yolo", "x"], says: /yolo/, exit: 2 },
  { what: "an unknown option", args: ["--nope", "x"], says: /--nope/, exit: 2 },
]);

refuses("the provider", [
  {
    what: "one that is not configured",
    config: 'model_provider = "nope"',
    says: /^Error: Model provider `nope` not found$/m,
  },
  {
    what: "no credentials for OpenAI",
    config: 'model_provider = "openai"',
    says: /No credentials for OpenAI\. Run `codex login`, or set CODEX_API_KEY/,
  },
  {
    what: "a damaged auth.json",
    config: 'model_provider = "openai"',
    arrange: async (ws) => void (await write(ws, "codex-home/auth.json", "{nope")),
    says: /auth\.json is damaged/,
  },
  {
    what: "an auth.json that is a folder",
    config: 'model_provider = "openai"',
    arrange: async (ws) => void (await write(ws, "codex-home/auth.json/x", "")),
    says: /Cannot read \S+auth\.json: is a directory\. Mend that, or set CODEX_API_KEY/,
  },
  {
    what: "a key that is not in the environment",
    env: { MOCK_KEY: undefined },
    says: /Missing environment variable: `MOCK_KEY`/,
  },
  { what: "a key that is empty", env: { MOCK_KEY: "" }, says: /Missing environment variable: `MOCK_KEY`/ },
  {
    what: "a base_url that is no address",
    provider: { base_url: "no address" },
    says: /base_url is not an http or https address/,
  },
  {
    what: "a base_url that is not HTTP",
    provider: { base_url: "ftp://x/v1" },
    says: /base_url is not an http or https address/,
  },
]);

refuses("folders", [
  {
    what: "a CODEX_HOME that is missing",
    env: { CODEX_HOME: nowhere },
    says: /CODEX_HOME is \S+, which does not exist/,
  },
  {
    what: "a CODEX_HOME that is a file",
    arrange: async (ws) => ({ env: { CODEX_HOME: join(ws.path, "a.txt") } }),
    says: /a\.txt is not a directory/,
  },
  {
    what: "a CODEX_HOME that is a dangling link",
    arrange: async (ws) => {
      await symlink(nowhere, join(ws.root, "link"));
      return { env: { CODEX_HOME: join(ws.root, "link") } };
    },
    says: /is a symbolic link that leads nowhere/,
  },
  {
    what: "a file where the locks should be",
    arrange: async (ws) => void (await write(ws, "codex-home/thread-writer-locks", "")),
    says: /thread-writer-locks\S+: there is already something of that name/,
  },
  { what: "a --cd that is missing", args: ["--cd", nowhere, "x"], says: /--cd \S+ is not a directory/ },
  { what: "a --cd that is a file", args: ["--cd", "a.txt", "x"], says: /--cd \S+ is not a directory/ },
  {
    what: "a folder that was deleted",
    arrange: (ws) => shell(ws, "mkdir gone && cd gone && rmdir ../gone && exec $codex exec x"),
    says: /deleted/,
  },
  { what: "a folder that is no repository", arrange: async (ws) => ({ cwd: ws.temp }), says: /--skip-git-repo-check/ },
]);

refuses("files given by name", [
  {
    what: "an output schema that is missing",
    args: ["--output-schema", "no.json", "x"],
    says: /no\.json: no such file/,
  },
  { what: "an output schema that is a folder", args: ["--output-schema", ".git", "x"], says: /\.git: is a directory/ },
  {
    what: "an output schema that is no JSON",
    args: ["--output-schema", "a.txt", "x"],
    says: /a\.txt is not a JSON object/,
  },
  {
    what: "an output schema that is a list",
    arrange: async (ws) => void (await write(ws, "list.json", "[1]")),
    args: ["--output-schema", "../list.json", "x"],
    says: /list\.json is not a JSON object/,
  },
  { what: "an image that is missing", args: ["-i", "no.png", "--", "x"], says: /no\.png/ },
  { what: "an image that is a folder", args: ["-i", ".git", "--", "x"], says: /\.git/ },
  { what: "an image that is text", args: ["-i", "a.txt", "--", "x"], says: /a\.txt` is not an image/ },
  {
    what: "an image that is empty",
    arrange: async (ws) => void (await write(ws, "empty.png", "")),
    args: ["-i", "../empty.png", "--", "x"],
    says: /empty\.png` is not an image/,
  },
  {
    what: "an image of 60 MB",
    arrange: async (ws) => {
      const bytes = new Uint8Array(60 * 1024 * 1024);
      bytes.set(Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ", "base64"));
      await write(ws, "huge.png", bytes);
    },
    args: ["-i", "../huge.png", "--", "x"],
    says: /huge\.png` has 60 MB; an image may have 20 at most/,
  },
  { what: "no prompt", args: [], says: /No prompt/ },
  {
    what: "a prompt that is not UTF-8",
    arrange: (ws) => shell(ws, "printf 'a\\377b' | $codex exec --json -"),
    says: /not UTF-8/,
  },
]);

describe("a user without rights", () => {
  const asNobody = "exec setpriv --reuid=65534 --regid=65534 --clear-groups $codex exec --json --skip-git-repo-check x";
  const cases: [string, string, RegExp][] = [
    ["a CODEX_HOME that cannot be read", "chmod 700 $CODEX_HOME", /cannot read \S+: permission denied/],
    [
      "a config.toml that cannot be read",
      "chmod 755 $CODEX_HOME; chmod 600 $CODEX_HOME/config.toml",
      /cannot read \S+: permission denied/,
    ],
    [
      "a CODEX_HOME that cannot be written",
      "chmod -R a+rX $CODEX_HOME",
      /Could not lock the session file \S+: permission denied/,
    ],
    ["no HOME that could hold one", "unset HOME CODEX_HOME", /cannot create \S+: permission denied/],
  ];
  test.skipIf(!isRoot).each(cases)("%s", async (_what, before, says) => {
    await using server = await model.plays([]);
    await using ws = await workspace();
    await chmod(ws.root, 0o755);
    const run = await codex.exec({ server, ws, ...(await shell(ws, `${before}\n${asNobody}`)) });
    expect(run.stderr).toMatch(says);
    expectOneSentence(run.stderr);
    expect([run.exitCode, run.stdout, server.requests.length]).toEqual([1, "", 0]);
  });
});

describe("a session", () => {
  const unknown = "01a1fc62-1ca3-740b-80cf-72f41bcc0686";
  refuses("that is not there", [
    { what: "by id", args: ["resume", unknown, "x"], says: new RegExp(`no rollout found for thread id ${unknown}`) },
    {
      what: "by id, with RUST_BACKTRACE",
      args: ["resume", unknown, "x"],
      env: { RUST_BACKTRACE: "1" },
      says: /no rollout found/,
    },
    { what: "by name", args: ["resume", "Nope", "x"], says: /^Error: No session named "Nope"\.$/m },
    {
      what: "by a name that is almost one",
      arrange: async (ws) => {
        const threadId = await firstTurn(ws);
        const line = { id: threadId, thread_name: "Tidy the cellar", updated_at: "2026-01-01T00:00:00Z" };
        await write(ws, "codex-home/session_index.jsonl", `${JSON.stringify(line)}\n`);
      },
      args: ["resume", "tidy the celar", "x"],
      says: /No session named "tidy the celar"\. Did you mean "Tidy the cellar"\?/,
    },
    { what: "to fork", args: ["fork", unknown, "x"], says: /no rollout found/ },
  ]);

  const broken: [string, (text: string) => string | Uint8Array][] = [
    ["empty", () => ""],
    ["binary", () => new Uint8Array(5000).fill(0xfe)],
    ["without its first line", (text) => text.slice(text.indexOf("\n") + 1)],
  ];
  test.each(broken)("whose file is %s", async (_what, breakIt) => {
    await using ws = await workspace();
    const threadId = await firstTurn(ws);
    await change(ws, breakIt);
    const { run, requests } = await resume(ws, threadId);
    expect(run.stderr).toMatch(/rollout-\S+\.jsonl is not a session file/);
    expectOneSentence(run.stderr);
    expect([run.exitCode, run.stdout, requests.length]).toEqual([1, "", 0]);
  });

  const damaged: [string, (text: string) => string, RegExp][] = [
    [
      "garbage between its lines",
      (text) => text.replace("\n", '\n{nonsense\nnull\n[]\n"x"\n'),
      /^4 damaged lines in \S+ were passed over\.$/,
    ],
    ["a torn last line", (text) => text.slice(0, -30), /^One damaged line in \S+ was passed over\.$/],
  ];
  test.each(damaged)("whose file has %s goes on, and says so", async (_what, damage, says) => {
    await using ws = await workspace();
    const threadId = await firstTurn(ws);
    await change(ws, damage);
    const { run, requests } = await resume(ws, threadId);
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
    expect(run.items("error")).toEqual([{ message: expect.stringMatching(says) }]);
    expect(requests[0]?.texts("user")).toContain("remember apples");
    expect(requests[0]?.texts("assistant")).toContain("Apples it is.");
  });

  test("that is open in another process", async () => {
    await using ws = await workspace();
    const threadId = await firstTurn(ws);
    await using waiting = await model.plays([model.ends("silence")]);
    await using first = await codex.spawn({ server: waiting, ws, args: ["--json", "resume", threadId, "wait"] });
    await waiting.arrival(0);
    const { run, requests } = await resume(ws, threadId);
    expect(run.stderr).toBe(
      `Error: Session ${threadId} is open in another Codex process. Close it there, or fork it with \`codex exec fork ${threadId}\`.\n`,
    );
    expect([run.exitCode, run.stdout, requests.length]).toEqual([1, "", 0]);
    first.signal("SIGINT");
    await first.finish();
    expect((await resume(ws, threadId)).run.exitCode).toBe(0);
  });
});

/** Gives the thread's id. */
async function firstTurn(ws: Workspace): Promise<string> {
  await using server = await model.plays([model.says("Apples it is.")]);
  const run = await codex.exec({ server, ws, args: ["--json", "remember apples"] });
  return String(run.events[0]?.["thread_id"]);
}

async function resume(ws: Workspace, threadId: string) {
  await using server = await model.plays([model.says("Yes.")]);
  const run = await codex.exec({ server, ws, args: ["--json", "resume", threadId, "go on"] });
  return { run, requests: server.requests };
}

async function change(ws: Workspace, how: (text: string) => string | Uint8Array): Promise<void> {
  for await (const file of new Bun.Glob("sessions/**/*.jsonl").scan({ cwd: ws.codexHome })) {
    const path = join(ws.codexHome, file);
    await Bun.write(path, how(await Bun.file(path).text()));
  }
}

describe("a turn that fails", () => {
  const cases: [string, Script, Options, RegExp][] = [
    [
      "an unknown model",
      [model.status(404, { error: { code: "model_not_found", message: "The model `nope` does not exist" } })],
      { config: 'model = "nope"' },
      /404 Not Found: The model `nope` does not exist/,
    ],
    [
      "a server that speaks HTML",
      () => model.status(200, "<html>hi</html>", { "content-type": "text/html" }),
      {},
      /text\/html/,
    ],
    [
      "a model in a loop",
      () => model.exec("echo again"),
      { timeout: 25_000 },
      /same call \(exec_command\) 200 times in a row/,
    ],
  ];
  test.each(cases)("%s", async (_what, script, options, says) => {
    await using server = await model.plays(script);
    await using ws = await workspace({ "a.txt": "hi\n" });
    const run = await codex.exec({ server, ws, args: ["--json", "work"], ...options });
    expectFailed(run, says);
    expect(await ws.git("status", "--porcelain")).toBe("");
  });

  test("a server that speaks no HTTP", async () => {
    const server = createServer((socket) => socket.end("SSH-2.0-none\r\n"));
    await using ws = await workspace();
    const port = await listen(server);
    const config = provider(`http://127.0.0.1:${port}/v1`);
    const run = await codex.exec({ ws, args: ["--json", "work"], config });
    server.close();
    expectFailed(run, /127\.0\.0\.1/);
  });

  test("a server that is gone", async () => {
    await using ws = await workspace();
    const server = createServer();
    const port = await listen(server);
    server.close();
    expect(await connects(port)).toBe(false);
    const run = await codex.exec({ ws, args: ["--json", "work"], config: provider(`http://127.0.0.1:${port}/v1`) });
    expectFailed(run, /Cannot reach http:\S+: connection refused\. Check the network, or base_url/);
  });

  test("a file where the sessions should be", async () => {
    await using server = await model.plays([]);
    await using ws = await workspace();
    await write(ws, "codex-home/sessions", "");
    const run = await codex.exec({ server, ws, args: ["--json", "work"] });
    expectFailed(run, /^Could not create the session file \S+: a parent is not a directory\.$/);
    expect(server.requests).toHaveLength(0);
  });

  test.skipIf(!isRoot || process.platform !== "linux")("a disk that fills up", async () => {
    await using server = await model.plays([
      [model.exec("seq 60000"), model.exec("touch later")],
      model.says("Never."),
    ]);
    await using ws = await workspace();
    const small = join(ws.root, "small");
    const line = [
      `mkdir ${small} && mount -t tmpfs -o size=128k none ${small} || exit 77`,
      `cp $CODEX_HOME/config.toml ${small}`,
      `CODEX_HOME=${small} $codex exec --json work`,
      "code=$?",
      `cp -r ${small}/sessions $CODEX_HOME; umount ${small}; exit $code`,
    ];
    const run = await codex.exec({ server, ws, ...(await shell(ws, line.join("\n"))) });
    if (run.exitCode === 77) return console.warn("This machine lets nobody mount a small disk: not tested.");
    expectFailed(run, /^Could not write to the session file \S+: no space left on device\.$/);
    // Every line that is there is whole, and nothing was asked for that could not have been kept.
    expect((await run.rollouts())[0]?.lines.length).toBeGreaterThan(3);
    expect(server.requests).toHaveLength(1);
  });
});

const provider = (url: string): string =>
  `model_provider = "other"\n[model_providers.other]\nname = "other"\nbase_url = "${url}"\nwire_api = "responses"\nrequest_max_retries = 0\nstream_max_retries = 0\n`;

const listen = (server: ReturnType<typeof createServer>): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
  });

/** Ended by `turn.failed` with one sentence, which standard error does not repeat. */
function expectFailed(run: Run, says: RegExp): void {
  const last = run.events.at(-1);
  const message = String((last?.["error"] as { message?: unknown } | undefined)?.message);
  expect(message).toMatch(says);
  expectOneSentence(message);
  expect([run.exitCode, run.stderr, last?.["type"]]).toEqual([1, "", "turn.failed"]);
}

describe("output", () => {
  test("a last message that cannot be written", async () => {
    await using server = await model.plays([model.says("Done.")]);
    await using ws = await workspace();
    const run = await codex.exec({ server, ws, args: ["--json", "-o", `${nowhere}/last.txt`, "x"] });
    expect(run.stderr).toBe(`Cannot write the last message to ${nowhere}/last.txt: no such file or directory.\n`);
    expect([run.exitCode, run.items("agent_message")]).toEqual([1, [{ text: "Done." }]]);
  });

  test.skipIf(process.platform !== "linux").each(["", "--json"])("a full disk on standard output %s", async (flag) => {
    await using server = await model.plays(() => model.says("Done."));
    await using ws = await workspace();
    const run = await codex.exec({ server, ws, ...(await shell(ws, `exec $codex exec ${flag} x > /dev/full`)) });
    expect(run.stderr).toEndWith("Cannot write to standard output: no space left on device.\n");
    expect(run.exitCode).toBe(1);
  });

  test("a reader that goes away ends the run and what it started", async () => {
    await using server = await model.plays([model.exec("echo started; sleep 600"), model.says("Never.")]);
    await using ws = await workspace();
    const line = "$codex exec --json -s danger-full-access x | head -n 1";
    const run = await codex.exec({ server, ws, ...(await shell(ws, line)) });
    expect(run.stdout).toContain("thread.started");
    expect(run.stderr).toBe("");
    expect(await leftProcesses(ws.root)).toEqual([]);
  });
});

describe("what works all the same", () => {
  const cases: [string, (ws: Workspace) => Promise<Options | void>][] = [
    [
      "a config.toml with a byte-order mark and CRLF",
      async (ws) => {
        const server = await Bun.file(join(ws.codexHome, "config.toml")).text();
        await write(ws, "codex-home/config.toml", `\uFEFF${server.replaceAll("\n", "\r\n")}`);
        return { config: false };
      },
    ],
    ["an AGENTS.md that is a folder", async (ws) => void (await mkdir(join(ws.path, "AGENTS.md")))],
    [
      "an AGENTS.md that is not UTF-8",
      async (ws) => void (await write(ws, "project/AGENTS.md", new Uint8Array([65, 255, 66]))),
    ],
    ["an AGENTS.md of 3 MB", async (ws) => void (await ws.write("AGENTS.md", "word ".repeat(600_000)))],
    ["an argument of 130,000 characters", async () => ({ args: ["--json", "x".repeat(130_000)] })],
    ["1 MB on standard input", async () => ({ args: ["--json", "-"], stdin: "x".repeat(1_000_000) })],
    ["standard input that is closed", async (ws) => shell(ws, "exec $codex exec --json x <&-")],
  ];
  test.each(cases)("%s", async (_what, arrange) => {
    await using server = await model.plays([model.says("Fine.")]);
    await using ws = await workspace();
    await codex.exec({ server, ws, subcommand: ["--version"] });
    const run = await codex.exec({ server, ws, args: ["--json", "x"], ...(await arrange(ws)) });
    expect([run.exitCode, run.stderr, run.items("agent_message")]).toEqual([0, "", [{ text: "Fine." }]]);
  });
});

describe("a command", () => {
  const run = async (command: string, args?: { yield_time_ms: number }) => {
    await using server = await model.plays([model.exec(command, args), model.says("Fine.")]);
    await using ws = await workspace();
    const run = await codex.exec({ server, ws, args: ["--json", "-s", "danger-full-access", "x"] });
    expect([run.exitCode, run.stderr, run.items("agent_message")]).toEqual([0, "", [{ text: "Fine." }]]);
    expect(await leftProcesses(ws.root)).toEqual([]);
    return { run, told: server.requests[1]?.lastOutput() ?? "" };
  };

  test("that prints 200 MB", async () => {
    const { run: ended, told } = await run("head -c 200000000 /dev/zero | tr '\\0' x");
    expect(told.length).toBeLessThan(50_000);
    expect(told).toContain("Process exited with code 0");
    expect(ended.stdout.length).toBeLessThan(3_000_000);
  });

  test("that never ends, nor stops printing", async () => {
    const { told } = await run("yes", { yield_time_ms: 250 });
    expect(told).toContain("Process running with session ID");
  });

  test("that leaves daemons", async () => {
    const { told } = await run("(setsid sleep 600 >/dev/null 2>&1 &); setsid sleep 600 & disown; echo left");
    expect(told).toContain("left\n");
  });

  test("whose output is not UTF-8", async () => {
    const { run: ended, told } = await run("printf 'a\\377\\376b\\n'");
    expect(told).toContain("a\uFFFD\uFFFDb\n");
    expect(ended.items("command_execution")).toEqual([
      expect.objectContaining({ aggregated_output: "a\uFFFD\uFFFDb\n" }),
    ]);
  });
});

test("more input than a turn takes is refused with the limit, and nothing is sent", async () => {
  await using server = await model.plays([]);
  await using ws = await workspace();
  const run = await codex.exec({ server, ws, args: ["--json", "-"], stdin: "x".repeat(5_000_000) });
  expect(run.stderr).toContain("Input exceeds the maximum length of 1048576 characters");
  expectOneSentence(run.stderr);
  expect([run.exitCode, server.requests.length]).toEqual([1, 0]);
});
