import { expect, test } from "bun:test";
import fc from "fast-check";
import { shellQuote } from "./shell-quote.ts";
import { type Connector, splitShell } from "./split-shell.ts";

test("splits plain commands at their connectors", () => {
  expect(splitShell("git status && ls -la | wc -l;\n\ncat 'a b' || true\n")).toEqual([
    { after: undefined, words: ["git", "status"] },
    { after: "&&", words: ["ls", "-la"] },
    { after: "|", words: ["wc", "-l"] },
    // A line break after `;` adds nothing.
    { after: ";", words: ["cat", "a b"] },
    { after: "||", words: ["true"] },
  ]);
});

const notPlain = [
  [
    "",
    " ",
    ";",
    "a;;b",
    "a && ; b",
    "a &&",
    "a |",
    "&& a",
    "a & b",
    "a |& b",
    "a > b",
    "a < b",
    "a $b",
    "`a`",
    "a $(b)",
  ],
  [
    "(a)",
    "{ a; }",
    "a *",
    "a ?",
    "a [b]",
    "~/a",
    "a=1 b",
    "# a",
    "a #b",
    "a\\ b",
    'a "$b"',
    'a "b',
    "a 'b",
    "! a",
    "if a",
  ],
  ["while a", "'if' a", "a\rb", "a\u0007"],
];

test.each(notPlain.flat())("%j is not plain", (script) => {
  expect(splitShell(script)).toBeUndefined();
});

const plainWord = fc.string({ unit: fc.constantFrom(..."abz09-_./ '$*#&|;<>(){}=é\n".split("")), minLength: 1 });

test("what was quoted and joined comes back", () => {
  const isPlain = (text: string): boolean => splitShell(shellQuote(["a", text])) !== undefined;
  const command = fc.array(plainWord.filter(isPlain), { maxLength: 4 }).map((words) => ["run", ...words]);
  const next = fc.tuple(fc.constantFrom<Connector>("&&", "||", ";", "|"), command);
  fc.assert(
    fc.property(command, fc.array(next, { maxLength: 4 }), (first, rest) => {
      const script = [shellQuote(first), ...rest.map(([connector, words]) => `${connector} ${shellQuote(words)}`)];
      expect(splitShell(script.join(" "))).toEqual([
        { after: undefined, words: first },
        ...rest.map(([after, words]) => ({ after, words })),
      ]);
    }),
  );
});

test("a single command has the words that bash gives it", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."ab-/.,:@%+=^]!é '\"\t\n;|&$\\*?[~{}#<>()`".split("")),
    maxLength: 12,
  });
  const samples = fc.sample(text, 6000).flatMap((rest) => {
    const script = `f ${rest}`;
    const commands = splitShell(script);
    return commands?.length === 1 ? [{ script, words: commands.flatMap(({ words }) => words.slice(1)) }] : [];
  });
  expect(samples.length).toBeGreaterThan(100);
  const { stdout } = Bun.spawnSync([
    "bash",
    "-c",
    ['f() { printf \'%s\\0\' "$#" "$@"; }', ...samples.map(({ script }) => script)].join("\n"),
  ]);
  expect(stdout.toString()).toBe(samples.map(({ words }) => [words.length, ...words, ""].join("\0")).join(""));
});
