// The command line of the built program: its words, its standard input, its signals, its worktrees, what it prints and where.
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { binaryPath, prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import type { Workspace } from "../packages/scripted-model/src/workspace.ts";

/** `codex WORDS…` without a model. */
const run = async (subcommand: string[], more: { ws?: Workspace; stdin?: string; config?: string } = {}) => {
  await using own = more.ws ? undefined : await workspace();
  const ws = more.ws ?? own;
  if (!ws) throw new Error("unreachable: one of the two is there");
  return await codex.exec({ ...more, ws, subcommand });
};

describe("words", () => {
  const refused: [string[], string][] = [
    [["exec", "--modle", "x", "hi"], "error: unknown option '--modle'\n(Did you mean --model?)\n"],
    [["exec", "--sandbox"], "error: option '-s, --sandbox <mode>' argument missing\n"],
    [["exec", "-s", "writ", "hi"], "Allowed choices are read-only, workspace-write, danger-full-access."],
    [["exec", "-p", "../x", "hi"], "invalid --profile value `../x`; pass a plain name such as `work`\n"],
    [["exec", "hi", "there"], "error: too many arguments for 'exec'. Expected 1 argument but got 2.\n"],
    [["exec", "resume"], "error: name a session, or use --last for the newest one\n"],
    [["exec", "resume", "--last", "a", "b"], "error: name a session or use --last, not both\n"],
    [["exec", "fork"], "error: missing required argument 'session'\n"],
    [["exec", "review"], "error: `codex exec review` is not part of this build yet"],
    [["exec", "--full-auto", "hi"], "error: --full-auto was retired; use --sandbox workspace-write.\n"],
    [["exec", "--search", "hi"], 'use -c web_search="live"'],
    [["exec", "--oss", "hi"], "error: --oss is not part of this build yet"],
    [["--oss", "exec", "hi"], "error: --oss is not part of this build yet"],
    [["exex", "hi"], 'error: `codex` has no command "exex"; did you mean `codex exec`?\n'],
    [["refactor"], 'error: "refactor" is no command of `codex`'],
    [["help", "nonsense"], 'error: "nonsense" is no command of `codex`'],
    [["debug", "modles"], "error: unknown command 'modles'\n(Did you mean models?)\n"],
    [["completion", "tcsh"], "Allowed choices are bash, elvish, fish, powershell, zsh."],
    [["mcp-server"], "error: `codex mcp-server` is not part of this build yet"],
    [["fork", "--help"], "error: `codex fork` is not part of this build yet"],
    [[], "The terminal interface is not part of this build yet; use `codex exec PROMPT`"],
  ];
  test.each(refused)("codex %j is refused with 2 and a sentence", async (words, sentence) => {
    const { exitCode, stdout, stderr } = await run(words);
    expect(stderr).toContain(sentence);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  const failed: [string[], string][] = [
    [["exec", "-c", "foo", "hi"], "Error parsing -c overrides: Invalid override (missing '='): foo\n"],
    [["exec", "-p", "nosuch", "hi"], "Error: There is no profile `nosuch`"],
    [["exec", "--enable", "nope", "hi"], "Error: Unknown feature flag: nope"],
    [["exec", "-C", "/nowhere", "hi"], "Error: --cd /nowhere is not a directory.\n"],
    [["exec", "hi"], "Error: No credentials for OpenAI. Run `codex login`, or set CODEX_API_KEY to an API key.\n"],
  ];
  test.each(failed)("codex %j fails with 1 and prints nothing before it", async (words, sentence) => {
    const { exitCode, stdout, stderr } = await run(words);
    expect(stderr).toStartWith(sentence);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  });

  test("the help names what there is, with an example, and no flag that is refused", async () => {
    const help = await run(["exec", "--help"]);
    expect(help.stdout).toContain("Usage: codex exec");
    expect(help.stdout).toContain('Examples:\n  codex exec "');
    expect(help.stdout).toContain("--output-schema <file>");
    expect(help.stdout).not.toMatch(/--oss|--full-auto|--yolo|--experimental-json|review \[/);
    expect(Math.max(...help.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    expect((await run(["help", "exec"])).stdout).toBe(help.stdout);
    expect((await run(["exec", "help"])).stdout).toBe(help.stdout);
    expect((await run(["--help"])).stdout).toMatch(
      /exec\|e .*\n\s+app-server .*\n\s+completion .*\n\s+debug .*\n[^]*\n\s+features /,
    );
  });

  test("the version is one line", async () => {
    for (const words of [["--version"], ["-V"], ["exec", "--version"]]) {
      const { exitCode, stdout } = await run(words);
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^codex-cli \d+\.\d+\.\d+\n$/)]);
    }
  });

  test("options may stand before the command, between the commands and after them", async () => {
    await using server = await model.plays([model.says("one"), model.says("two")]);
    await using ws = await workspace();
    const first = await codex.exec({ server, ws, subcommand: ["-m", "gpt-5.5", "exec", "--json", "first"] });
    const id = String(first.events[0]?.["thread_id"]);
    await Bun.write(join(ws.root, "dot.png"), Buffer.from(dot, "base64"));

    const words = ["--experimental-json", "--model", "gpt-5.5", "--sandbox", "workspace-write", "--cd", ws.path];
    const args = [...words, "resume", id, "--image", join(ws.root, "dot.png")];
    const second = await codex.exec({ server, ws, args, stdin: "second" });

    expect(second.items("agent_message")).toEqual([{ text: "two" }]);
    expect(server.requests[1]?.texts("user")).toContain("second");
    expect(JSON.stringify(server.requests[1]?.input())).toContain("data:image/png;base64,");
    expect(server.requests[1]?.texts("developer").join()).toContain("workspace-write");
  });

  const prompts: [string, string[], string][] = [
    ["after --", ["--", "-x"], "-x"],
    ["after images", ["-i", "dot.png", "dot2.png", "--", "look"], "look"],
    ["at the end of the images", ["-i", "dot.png,dot2.png", "look here, please"], "look here, please"],
  ];
  test.each(prompts)("a prompt %s", async (_, args, prompt) => {
    await using server = await model.plays([model.says("ok")]);
    await using ws = await workspace();
    for (const name of ["dot.png", "dot2.png"]) await Bun.write(join(ws.path, name), Buffer.from(dot, "base64"));
    const { exitCode } = await codex.exec({ server, ws, args });
    expect(exitCode).toBe(0);
    expect(server.requests[0]?.texts("user").at(-1)).toBe(prompt);
  });

  test("--last goes on with the newest session of the folder, a name with its own", async () => {
    await using server = await model.plays([model.says("one"), model.says("two")]);
    await using ws = await workspace();
    await codex.exec({ server, ws, args: ["first"] });
    await codex.exec({ server, ws, args: ["resume", "--last", "second"] });
    expect(server.requests[1]?.texts("user")).toEqual(expect.arrayContaining(["first", "second"]));

    const unknown = await codex.exec({ server, ws, args: ["resume", "nosuch", "third"] });
    expect([unknown.exitCode, unknown.stderr]).toEqual([1, 'Error: No session named "nosuch".\n']);
  });
});

/** A PNG of one pixel. */
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("standard input", () => {
  test("a prompt does not wait for an open pipe that says nothing", async () => {
    await using server = await model.plays([model.says("ok")]);
    await using ws = await workspace();
    await using running = await codex.spawn({ server, ws, args: ["hi"], stdinOpen: true });
    const { exitCode, stderr } = await running.finish();
    expect(exitCode).toBe(0);
    expect(stderr).toStartWith("Standard input is open and says nothing; going on without it.\nOpenAI Codex v");
    expect(server.requests[0]?.texts("user").at(-1)).toBe("hi");
  });

  test("text piped in beside a prompt follows it in a block", async () => {
    await using server = await model.plays([model.says("ok")]);
    await using ws = await workspace();
    const { stderr } = await codex.exec({ server, ws, args: ["sum it up"], stdin: "line\n" });
    expect(stderr).toStartWith("Reading additional input from stdin...\n");
    expect(server.requests[0]?.texts("user").at(-1)).toBe("sum it up\n\n<stdin>\nline\n</stdin>");
  });

  test("/dev/null and an empty pipe are not worth a word", async () => {
    await using server = await model.plays(() => model.says("ok"));
    await using ws = await workspace();
    for (const stdin of [undefined, ""]) {
      const { stderr } = await codex.exec({ server, ws, args: ["hi"], ...(stdin === undefined ? {} : { stdin }) });
      expect(stderr).toStartWith("OpenAI Codex v");
    }
  });

  test("without a prompt it is the prompt, however long", async () => {
    await using server = await model.plays(() => model.says("ok"));
    await using ws = await workspace();
    const megabyte = "0123456789abcde\n".repeat(65_536);
    for (const args of [[], ["-"]]) {
      const { exitCode } = await codex.exec({ server, ws, args, stdin: megabyte });
      expect([exitCode, server.requests.at(-1)?.texts("user").at(-1)?.length]).toEqual([0, megabyte.length]);
    }
  });

  test("nothing at all is no prompt", async () => {
    await using server = await model.plays([]);
    await using ws = await workspace();
    const empty = await codex.exec({ server, ws, args: [""] });
    expect([empty.exitCode, empty.stderr]).toEqual([1, expect.stringContaining("the argument is empty")]);
    const { exitCode, stderr } = await codex.exec({ server, ws, stdin: "" });
    expect([exitCode, stderr]).toEqual([1, "Reading prompt from stdin...\nNo prompt provided via stdin.\n"]);
  });

  test("in a terminal a prompt has to be given, and nothing is read beside one", async () => {
    await using server = await model.plays([model.says("ok")]);
    await using ws = await workspace();
    const none = await inTerminal("exec", ws, server.url);
    expect(none).toEqual([
      1,
      "No prompt provided. Either specify one as an argument or pipe the prompt into stdin.\r\n",
    ]);
    const [exitCode, screen] = await inTerminal("exec hi", ws, server.url);
    expect(screen).toStartWith("OpenAI Codex v");
    expect(exitCode).toBe(0);
  });

  test("what is no text is refused before anything is sent", async () => {
    await using server = await model.plays([]);
    await using ws = await workspace();
    await Bun.write(join(ws.root, "bytes"), new Uint8Array([0xff, 0xfe, 0x41]));
    const child = await shell(`"$CODEX" exec hi < ${join(ws.root, "bytes")}`, ws, server.url);
    expect(child.exitCode).toBe(1);
    expect(child.stderr).toBe(
      "The input on stdin is not UTF-8 text. Convert it, or pass a file's path in the prompt.\n",
    );
  });
});

/** Runs a line of shell with `$CODEX` and a configured provider. */
async function shell(line: string, ws: Workspace, url: string): Promise<{ exitCode: number; stderr: string }> {
  const launch = await prepareLaunch({ ws, server: { url } });
  const env = { ...launch.env, CODEX: binaryPath() };
  const child = Bun.spawn(["bash", "-c", line], { cwd: ws.path, env, stdout: "ignore", stderr: "pipe" });
  const stderr = await new Response(child.stderr).text();
  return { exitCode: await child.exited, stderr };
}

/** Runs `codex WORDS` with a terminal as all its streams: the exit code, and what is on the screen. */
async function inTerminal(words: string, ws: Workspace, url: string): Promise<[number, string]> {
  const chunks: Uint8Array[] = [];
  const terminal = { cols: 120, rows: 24, data: (_: unknown, bytes: Uint8Array) => void chunks.push(bytes) };
  const { env } = await prepareLaunch({ ws, server: { url } });
  const child = Bun.spawn([binaryPath(), ...words.split(" ")], { cwd: ws.path, env, terminal });
  const exitCode = await child.exited;
  return [exitCode, Buffer.concat(chunks).toString()];
}

// After SIGTERM nothing more comes on standard output: whoever sends it has stopped reading.
describe("signals", () => {
  const signals: [NodeJS.Signals, number][] = [
    ["SIGINT", 1],
    ["SIGTERM", 143],
  ];
  test.each(signals)("%s during a command ends the turn, its children and the record", async (name, exitCode) => {
    const sleep = `sleep 300.${Bun.randomUUIDv7().replaceAll("-", "").replaceAll(/[a-f]/g, "1")}`;
    await using server = await model.plays([model.exec(`touch begun; ${sleep}; true`)]);
    await using ws = await workspace();
    const args = ["--json", "-s", "workspace-write", "wait"];
    await using running = await codex.spawn({ server, ws, args, config: 'approval_policy = "never"' });
    await running.event((event) => event["type"] === "item.started");
    await until(() => existsSync(join(ws.path, "begun")));
    await until(() => isRunning(sleep));

    running.signal(name);
    const ended = await running.finish();

    expect(ended.exitCode).toBe(exitCode);
    const told = name === "SIGINT" ? "turn.failed" : "item.started";
    expect(ended.events.at(-1)?.["type"]).toBe(told);
    const [rollout] = await ended.rollouts();
    expect(JSON.stringify(rollout?.lines.slice(-3))).toContain("turn_aborted");
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(isRunning(sleep)).toBe(false);
  });

  test.each(signals)("%s while waiting for standard input ends the run too", async (name, exitCode) => {
    await using server = await model.plays([]);
    await using ws = await workspace();
    await using running = await codex.spawn({ server, ws, args: ["--json"], stdinOpen: true });
    await until(() => running.stderr.text() !== "");

    running.signal(name);
    const ended = await running.finish();

    expect(ended.exitCode).toBe(exitCode);
    const told = { type: "turn.failed", error: { message: "interrupted" } };
    expect(ended.events).toEqual(name === "SIGINT" ? [told] : []);
    expect(ended.stderr).toBe("Reading prompt from stdin...\n");
  });
});

/** Looks until it is so; the test's own time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await Bun.sleep(10);
}

/** Whether a process with these words is there. */
function isRunning(words: string): boolean {
  const wanted = `${words.replaceAll(" ", "\0")}\0`;
  return readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && commandLine(pid) === wanted);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

describe("--worktree", () => {
  const kept = /^Working in (.+); it stays after the run\.$/m;

  test("a run works in a detached checkout at the same place, and leaves it", async () => {
    await using server = await model.plays([model.exec("pwd; cat here.txt; echo new > made.txt"), model.says("done")]);
    await using ws = await workspace({ "sub/here.txt": "hi\n" });
    await ws.write("sub/here.txt", "changed and not committed\n");
    const args = ["--json", "--worktree", "-s", "workspace-write", "go"];

    const ended = await codex.exec({ server, ws, args, cwd: join(ws.path, "sub") });

    const root = kept.exec(ended.stderr)?.[1] ?? "";
    expect(root).toMatch(new RegExp(`^${ws.codexHome}/worktrees/[0-9a-f]{4}/${basename(ws.path)}$`));
    expect(ended.items("command_execution")[0]).toMatchObject({ aggregated_output: `${root}/sub\nhi\n`, exit_code: 0 });
    expect(await Bun.file(join(root, "sub", "made.txt")).text()).toBe("new\n");
    expect(await ws.exists("sub/made.txt")).toBe(false);
    expect(await ws.git("worktree", "list")).toContain("(detached HEAD)");
  });

  test("the repository's hooks, monitors and filters do not run", async () => {
    await using server = await model.plays([model.says("done")]);
    await using ws = await workspace({ "a.txt": "stored\n", ".gitattributes": "*.txt filter=evil\n" });
    const touch = (name: string) => `touch ${join(ws.root, name)}`;
    await ws.write(".git/hooks/post-checkout", `#!/bin/sh\n${touch("hook")}\n`);
    await Bun.spawn(["chmod", "+x", join(ws.path, ".git/hooks/post-checkout")]).exited;
    await ws.git("config", "core.fsmonitor", touch("monitor"));
    await ws.git("config", "filter.evil.smudge", `${touch("filter")}; cat`);
    await ws.git("config", "filter.evil.required", "true");

    const ended = await codex.exec({ server, ws, args: ["--worktree", "go"] });

    expect(ended.exitCode).toBe(0);
    const root = kept.exec(ended.stderr)?.[1] ?? "";
    expect(await Bun.file(join(root, "a.txt")).text()).toBe("stored\n");
    expect(["hook", "monitor", "filter"].filter((name) => existsSync(join(ws.root, name)))).toEqual([]);
  });

  test("a filter of the person's own still runs", async () => {
    await using server = await model.plays([model.says("done")]);
    await using ws = await workspace({ "a.txt": "stored\n", ".gitattributes": "*.txt filter=mine\n" });
    await Bun.write(join(ws.home, ".gitconfig"), '[filter "mine"]\n  smudge = tr a-z A-Z\n');
    const ended = await codex.exec({ server, ws, args: ["--worktree", "go"] });
    const root = kept.exec(ended.stderr)?.[1] ?? "";
    expect(await Bun.file(join(root, "a.txt")).text()).toBe("STORED\n");
  });

  test("the trust in the main checkout holds there", async () => {
    await using server = await model.plays([model.says("done")]);
    await using ws = await workspace({ ".codex/config.toml": 'model_reasoning_effort = "high"\n' });
    const config = `[projects.${JSON.stringify(ws.path)}]\ntrust_level = "trusted"\n`;
    const ended = await codex.exec({ server, ws, args: ["--worktree", "go"], config });
    expect(ended.stderr).toContain("reasoning effort: high\n");
  });

  test("outside a repository there is none", async () => {
    await using server = await model.plays([]);
    await using ws = await workspace({}, { git: false });
    const ended = await codex.exec({ server, ws, args: ["--worktree", "go"] });
    const sentence =
      "Error: git command failed: fatal: not a git repository (or any of the parent directories): .git\n";
    expect([ended.exitCode, ended.stderr]).toEqual([1, sentence]);
    expect(existsSync(join(ws.codexHome, "worktrees"))).toBe(false);
  });
});

describe("what is told", () => {
  test("the banner names what is sent", async () => {
    await using server = await model.plays([model.says("ok"), model.says("ok")]);
    await using ws = await workspace();
    const args = ["-c", "model_reasoning_effort=high", "-c", "model_reasoning_summary=detailed", "hi"];
    for (const given of [["hi"], args]) {
      const { stderr } = await codex.exec({ server, ws, args: given });
      const sent = server.requests.at(-1)?.body["reasoning"];
      const { effort, summary = "none" } = sent as Record<string, string>;
      expect(stderr).toContain(`reasoning effort: ${effort}\nreasoning summaries: ${summary}\n`);
    }
  });

  test("an approval policy that has no effect is announced once, and only where somebody set it", async () => {
    await using server = await model.plays(() => model.says("ok"));
    await using ws = await workspace();
    const set = await codex.exec({ server, ws, args: ["hi"], config: 'approval_policy = "on-request"' });
    expect(set.stderr.match(/warning: approval_policy = "on-request" has no effect/g)).toHaveLength(1);
    expect((await codex.exec({ server, ws, args: ["hi"] })).stderr).not.toContain("warning:");
  });

  test("RUST_LOG shows the requests, the sandbox and the session file, and nothing secret", async () => {
    await using server = await model.plays([model.exec("echo private-word"), model.says("ok"), model.says("ok")]);
    await using ws = await workspace();
    const env = { RUST_LOG: "codex=debug" };
    const { stderr, home } = await codex.exec({ server, ws, args: ["--json", "private-prompt"], env });
    expect(stderr).toMatch(/DEBUG codex: POST http:\S+\/responses: model gpt-5\.5, \d+ items, \d+ bytes\n/);
    expect(stderr).toMatch(/DEBUG codex: POST http:\S+\/responses: 200 after \d+ ms\n/);
    expect(stderr).toMatch(/DEBUG codex: sandbox: readOnly, confined by \S+\n/);
    expect(stderr).toContain(`session file: ${home}/sessions/`);
    expect(stderr).not.toMatch(/scripted-key|private-/);
    expect((await codex.exec({ server, ws, args: ["x"], env: { RUST_LOG: "off" } })).stderr).not.toContain("DEBUG");
  });
});

test("a completion script into a pipe that closes is no failure to speak of", async () => {
  await using ws = await workspace();
  const { stderr } = await shell('"$CODEX" completion zsh | head -c 10', ws, "");
  expect(stderr).toBe("");
  const { exitCode, stdout } = await run(["completion"]);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining("complete -o default -F _codex codex\n")]);
});

describe("debug", () => {
  test("prompt-input prints what the first request then has, and leaves nothing behind", async () => {
    await using server = await model.plays([model.says("ok")]);
    await using ws = await workspace({ "AGENTS.md": "Be brief.\n" });
    const none = { MOCK_KEY: undefined };
    const debug = await codex.exec({ server, ws, subcommand: ["debug", "prompt-input", "hello"], env: none });
    expect([debug.exitCode, readdirSync(ws.codexHome)]).toEqual([0, ["config.toml"]]);
    expect(server.requests).toHaveLength(0);
    const items = JSON.parse(debug.stdout) as { role: string; content: { text: string }[] }[];
    expect(items.map(({ role }) => role)).toEqual(["developer", "user", "user"]);
    expect(items[1]?.content[0]?.text).toContain("Be brief.");
    expect(items[2]?.content).toEqual([expect.objectContaining({ type: "input_text", text: "hello" })]);

    await codex.exec({ server, ws, args: ["-c", "approval_policy=on-request", "hello"] });
    expect(server.requests[0]?.texts("user")).toEqual(
      items.slice(1).flatMap(({ content }) => content.map((c) => c.text)),
    );
  });

  test("--tools adds the tools and what everything costs", async () => {
    await using ws = await workspace();
    const { stdout } = await codex.exec({ ws, subcommand: ["debug", "prompt-input", "--tools", "hello"] });
    const report = JSON.parse(stdout) as { tools: { name?: string }[]; input: unknown[]; tokens: { input: number[] } };
    expect(report.tools.map(({ name }) => name)).toContain("apply_patch");
    expect(report.tokens.input).toHaveLength(report.input.length);
  });

  test("models prints the catalogue, or the file that stands in for it", async () => {
    await using ws = await workspace();
    const bundled = await codex.exec({ ws, subcommand: ["debug", "models", "--bundled"] });
    const { models } = JSON.parse(bundled.stdout) as { models: { slug: string; context_window: number }[] };
    expect(models.find(({ slug }) => slug === "gpt-5.5")?.context_window).toBeGreaterThan(100_000);

    await ws.write("models.json", '{"models": [{"slug": "mine"}]}');
    const config = `model_catalog_json = ${JSON.stringify(join(ws.path, "models.json"))}`;
    const own = await codex.exec({ ws, subcommand: ["debug", "models"], config });
    expect(JSON.parse(own.stdout)).toEqual({ models: [{ slug: "mine" }] });
  });
});
