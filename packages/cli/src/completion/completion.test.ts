// Real shells complete with the scripts of the real command tree; a shell that is not installed is skipped.
import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProgram } from "../run-cli.ts";
import { bashScript } from "./bash-script.ts";
import { commandTree, valueOptions } from "./command-tree.ts";
import { elvishScript } from "./elvish-script.ts";
import { fishScript } from "./fish-script.ts";
import { powershellScript } from "./powershell-script.ts";
import { zshScript } from "./zsh-script.ts";

const nodes = commandTree(await buildProgram("*", () => undefined));

const sandboxModes = ["danger-full-access", "read-only", "workspace-write"];

/** The words before the cursor, the last one unfinished, and what may stand there. */
const lines: [string[], string[]][] = [
  [["codex", "feat"], ["features"]],
  [["codex", "exec", "res"], ["resume"]],
  [["codex", "e", "fo"], ["fork"]],
  [["codex", "-m", "exec", "exec", "res"], ["resume"]],
  [["codex", "exec", "--sand"], ["--sandbox"]],
  [["codex", "exec", "--sandbox", ""], sandboxModes],
  [["codex", "exec", "resume", "--la"], ["--last"]],
  [["codex", "completion", "z"], ["zsh"]],
  [["codex", "debug", "prompt-input", "--too"], ["--tools"]],
];

async function run(command: string[], input: string): Promise<string[]> {
  const child = Bun.spawn(command, { stdin: new Blob([input]), stdout: "pipe", stderr: "pipe" });
  const [out, errors] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  expect(errors).toBe("");
  return out.split("\n").filter((line) => line !== "");
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");

describe("bash", () => {
  const complete = (words: string[]) =>
    run(
      ["bash", "--norc", "-s"],
      `${bashScript(nodes)}COMP_WORDS=(${quoted(words)}); COMP_CWORD=${words.length - 1}; _codex; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
  test.each(lines)("%j", async (words, offered) => {
    expect((await complete(words)).sort()).toEqual(offered);
  });
  test("--color=al, which bash splits at the sign", async () => {
    expect(await complete(["codex", "exec", "--color", "=", "al"])).toEqual(["always"]);
    expect(await complete(["codex", "--model", "=", "exec", "exec", "res"])).toEqual(["resume"]);
  });
  test("file names are bash's own matter", async () => {
    expect(await complete(["codex", "exec", "-o", ""])).toEqual([]);
    expect(await complete(["codex", "exec", "--", "res"])).toEqual([]);
  });
});

describe.skipIf(Bun.which("fish") === null)("fish", () => {
  test.each(lines)("%j", async (words, offered) => {
    const line = words.join(" ");
    const found = await run(["fish", "--no-config"], `${fishScript(nodes)}\ncd (mktemp -d)\ncomplete -C '${line}'`);
    expect(found.map((row) => row.split("\t")[0] ?? "").sort()).toEqual(offered);
  });
});

describe.skipIf(Bun.which("elvish") === null)("elvish", () => {
  // The editor's namespace is there in a terminal only: a small one stands in for it.
  const editor =
    "var edit: = (ns [&complex-candidate~={|w &display=''| put $w} &complete-filename~={|@w| nop} &completion:=(ns [&arg-completer=[&]])])\n";
  test.each(lines)("%j", async (words, offered) => {
    const call = `$edit:completion:arg-completer[codex] ${quoted(words)} | each {|word| echo $word }`;
    const found = await run(["elvish", "-norc", "-c", `${editor}${elvishScript(nodes)}${call}`], "");
    // Elvish itself leaves out what does not begin with the word.
    expect(found.filter((word) => word.startsWith(words.at(-1) ?? "")).sort()).toEqual(offered);
  });
});

describe.skipIf(Bun.which("zsh") === null)("zsh", () => {
  test("completes what has one answer", async () => {
    const folder = mkdtempSync(join(tmpdir(), "codex-zsh-"));
    await Bun.write(join(folder, "_codex"), zshScript(nodes));
    let screen = "";
    const child = Bun.spawn(["zsh", "-f", "-i"], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, TERM: "dumb", PS1: "> " },
      terminal: { cols: 200, rows: 24, data: (_terminal, bytes) => void (screen += new TextDecoder().decode(bytes)) },
    });
    const shows = async (text: string) => {
      while (!screen.includes(text)) await Bun.sleep(10);
    };
    try {
      child.terminal?.write(`fpath=(${folder} $fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy\n`);
      await shows("ready");
      for (const [words, [only = "", ...more]] of lines.filter(([line]) => line.at(-1) !== "")) {
        expect(more).toEqual([]);
        screen = "";
        child.terminal?.write(`${words.join(" ")}\t`);
        await shows(`${[...words.slice(0, -1), only].join(" ")}`);
        child.terminal?.write("\x15");
      }
    } finally {
      child.kill("SIGKILL");
      await child.exited;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(Bun.which("pwsh") === null)("PowerShell", () => {
  test.each(lines)("%j", async (words, offered) => {
    const line = words.join(" ");
    const ask = `[System.Management.Automation.CommandCompletion]::CompleteInput('${line}', ${line.length}, $null).CompletionMatches.CompletionText`;
    const found = await run(
      ["pwsh", "-NoProfile", "-NonInteractive", "-Command", `${powershellScript(nodes)}\n${ask}`],
      "",
    );
    expect(found.sort()).toEqual(offered);
  });
});

describe("the tree", () => {
  test("hides what the help hides and knows files, folders and choices", () => {
    const exec = nodes.find(({ path }) => path === "codex exec");
    const values = Object.fromEntries((exec?.options ?? []).map(({ spellings, value }) => [spellings.at(-1), value]));
    expect(values["--image"]).toEqual({ type: "file" });
    expect(values["--cd"]).toEqual({ type: "folder" });
    expect(values["--json"]).toEqual({ type: "none" });
    expect(values["--color"]).toEqual({ type: "choice", choices: ["always", "never", "auto"] });
    expect(Object.keys(values)).not.toContain("--full-auto");
    expect(exec?.commands.map(({ word }) => word)).toEqual(["resume", "fork", "help"]);
  });

  test("an option means the same in every command, on which the scripts rely", () => {
    const spellings = valueOptions(nodes).flatMap((option) => option.spellings);
    // A letter may stand for two options that take a value, as `-o` does in `exec` and in `generate-ts`: the first completes.
    const words = spellings.filter((name) => name.startsWith("--"));
    expect(words).toEqual([...new Set(words)]);
    const flags = nodes.flatMap(({ options }) => options.filter(({ value }) => value.type === "none"));
    expect(flags.flatMap((option) => option.spellings).filter((name) => spellings.includes(name))).toEqual([]);
  });
});
