import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { openGrammar } from "./shell-grammar.test-support.ts";
import { type SimpleCommand, splitShell } from "./split-shell.ts";
import { trickyScript } from "./tricky-scripts.test-support.ts";

/**
 * What we call plain is plain to others too: to tree-sitter's grammar of bash, and to the shells, which run exactly our words.
 * CODEX_TEST_SCRIPTS=2000000 makes it a long test.
 */
const scripts = Number(process.env["CODEX_TEST_SCRIPTS"] ?? 20_000);

test("tree-sitter's grammar reads the same commands of the same words wherever we call a script plain", async () => {
  const read = await openGrammar();
  let plain = 0;
  fc.assert(
    fc.property(trickyScript, fc.boolean(), (script, muted) => {
      const ours = splitShell(script, { muted });
      if (ours === undefined) return;
      plain += 1;
      expect(read(script, { muted })).toEqual({ plain: true, commands: ours });
    }),
    { numRuns: scripts },
  );
  // Enough of them are plain to mean something.
  expect(plain).toBeGreaterThan(scripts / 8);
}, 600_000);

/** Each was called plain once, with words that somebody reads otherwise. */
const divergences: Record<string, readonly string[]> = {
  "sets a variable": [
    "export A=1",
    "readonly a=1",
    "declare -x a",
    "typeset a",
    "local a",
    "unset a",
    "unsetenv a",
    "let a=1",
  ],
  "assigns by a name beyond ASCII, or by a number": ["é=1 git status", "éx=1", "1=2", "--long=x"],
  "is an operator to a reader": ["a == b", "a ==", "a =~ b", "!'a' b", "a% b", "a@ b", "@a b", "a: b"],
  "is a program's path to zsh": ["cat =ls", "=ls"],
  "has a descriptor of more digits": ["a 12>/dev/null", "a 0>/dev/null", "a 3</dev/null", "a -2>/dev/null"],
  "goes on after /dev/null and a blank beyond ASCII": ["a >/dev/null\u00a0x", "a 2>&1\u3000x"],
  "ends at & in a POSIX shell": ["echo &>/dev/null curl x", "a |&>/dev/null b", "a ;&>/dev/null", "&>/dev/null a"],
  "is blank or not seen to somebody": [
    "a\u3000b",
    "a\u00a0b",
    "a b\u200bc",
    "a \u202eb",
    "\ufeffa",
    "a b\u3164",
    "a \u2800b",
  ],
  "holds what a shell uses for itself, or half a character": [
    "a '\u0001'",
    "a '\u007f'",
    'a "\r"',
    "a '\u001b[0m'",
    "a '\ud800'",
  ],
  "is joined with the next line by tree-sitter": [
    "a | b | c\nd && e",
    "a | b | c\n\nd\ne || f",
    "a | b | c\nd >/dev/null",
    "a | b | c '|'\nd && e",
  ],
  "begins with a quoted reserved word": ["if'' a", "if'a'", "a; do''"],
  "begins with a redirection": [">/dev/null a", ">&2 >&2 a>/dev/null"],
  "is reserved, or a word before the command, in zsh": [
    "noglob ls",
    "- ls",
    "repeat 3 ls",
    "foreach a",
    "nocorrect ls",
  ],
};

test.each(Object.entries(divergences).flatMap(([what, all]) => all.map((script) => [script, what] as const)))(
  "%j is not plain: it %s",
  (script) => {
    expect([splitShell(script), splitShell(script, { muted: true })]).toEqual([undefined, undefined]);
  },
);

test("what is often written stays plain", () => {
  const often = {
    "npm i @types/node user@host:x 50% --a=b a=b 日本 'é'": undefined,
    "a 2>&1 | head -20 && b 2>/dev/null || c &>/dev/null": undefined,
    "a | b | c\nd e": undefined,
    "rg x >/dev/null 2>&1; echo 'a\tb\nc' \"d é\"": undefined,
  };
  for (const script of Object.keys(often)) expect(splitShell(script, { muted: true })).toBeDefined();
});

const shells = ["bash", "dash", "zsh"].filter((shell) => Bun.which(shell) !== null);
const folder = mkdtempSync(join(tmpdir(), "codex-shells-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What runs where each command ends with this code: a pipeline is left out as its connector says. */
function run(commands: readonly SimpleCommand[], code: 0 | 1): string[] {
  let skipped = false;
  return commands.flatMap(({ after, words }) => {
    if (after !== "|") skipped = after === (code === 0 ? "||" : "&&");
    return skipped ? [] : [`${words.length}\0${words.join("\0")}\0`];
  });
}

const isBuiltin = /^(?:printf|builtin)$|\//;

/** Scripts that we call plain, and whose commands are none of the shell's own that the record is made with. */
const plainScripts = (count: number): { readonly script: string; readonly commands: readonly SimpleCommand[] }[] =>
  fc.sample(trickyScript, count).flatMap((script) => {
    const commands = splitShell(script, { muted: true });
    return commands?.every(({ words: [name = ""] }) => !isBuiltin.test(name)) ? [{ script, commands }] : [];
  });

test.each([0, 1] as const)(
  "bash runs exactly our words, all its own commands taken away, each ending with %d",
  (code) => {
    const samples = plainScripts(scripts / 4);
    expect(samples.length).toBeGreaterThan(scripts / 50);
    const record = join(folder, `bash-${code}`);
    // Of a pipeline the parts write at the same time, so the order is not compared, and each must write in one go, which bash
    // does up to a line break: \x03 stands for it. \x02 ends a record.
    const prelude = [
      `command_not_found_handle() { builtin printf '%s\\0' "$n" "$#" "\${@//$'\\n'/$'\\x03'}" $'\\x02' >> ${record}; [[ 0 == ${code} ]]; }`,
      "PATH=/nonexistent",
      // `return` is taken away as well, so the code is a test's.
      "enable -n $(for b in $(compgen -b); do case $b in enable|printf|builtin) ;; *) echo $b;; esac; done) enable",
    ];
    const file = join(folder, "script");
    writeFileSync(file, [...prelude, ...samples.map(({ script }, at) => `n=${at}\n${script}`), ""].join("\n"));
    const { stderr } = Bun.spawnSync(["bash", "--norc", file], {
      stdin: "ignore",
      env: { LC_ALL: "C.UTF-8" },
      timeout: 300_000,
    });
    const ran = new Map<number, string[]>();
    for (const entry of readFileSync(record, "utf8").split("\x02\0").slice(0, -1)) {
      const [n = "", ...rest] = entry.split("\0");
      ran.set(Number(n), [...(ran.get(Number(n)) ?? []), rest.join("\0").replaceAll("\x03", "\n")]);
    }
    const differing = samples.flatMap(({ script, commands }, at) => {
      const [seen, said] = [(ran.get(at) ?? []).toSorted(), run(commands, code).toSorted()];
      return Bun.deepEquals(seen, said) ? [] : [{ script, seen, said }];
    });
    expect({ differing, stderr: stderr.toString() }).toEqual({ differing: [], stderr: "" });
  },
  600_000,
);

describe.each(shells)("%s -c", (shell) => {
  test("runs exactly our words, found in a PATH of programs that only record", () => {
    const names = ["alpha", "beta", "d-e.f", "git", "rm"];
    const record = join(folder, `${shell}-words`);
    const recorder = join(folder, "recorder");
    writeFileSync(recorder, `#!/bin/sh\nprintf '%s\\0' "$#" "\${0##*/}" "$@" >> "$RECORD"\n`);
    chmodSync(recorder, 0o755);
    for (const name of names) Bun.spawnSync(["ln", "-sf", "recorder", join(folder, name)]);
    const samples = plainScripts(4000)
      .filter(({ commands }) => commands.length === 1 && names.includes(commands[0]?.words[0] ?? ""))
      .slice(0, 60);
    expect(samples.length).toBe(60);
    for (const { script, commands } of samples) {
      const env = { PATH: folder, RECORD: record, LC_ALL: "C.UTF-8" };
      writeFileSync(record, "");
      Bun.spawnSync([Bun.which(shell) ?? shell, "-c", script], { env, stdin: "ignore", timeout: 10_000 });
      const [, ...words] = readFileSync(record, "utf8").split("\0").slice(0, -1);
      expect({ script, words }).toEqual({ script, words: [...(commands[0]?.words ?? [])] });
    }
  });
});
