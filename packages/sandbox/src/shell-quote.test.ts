import { expect, test } from "bun:test";
import fc from "fast-check";
import { quotedWords, shellQuote } from "./shell-quote.ts";

/** As the original shows them. */
test.each([
  ["ls", "ls"],
  ["", "''"],
  ["ls a/src", "'ls a/src'"],
  ["a\tb", "'a\tb'"],
  ["cat a\ncat b", "'cat a\ncat b'"],
  ['echo "é ü"', "'echo \"é ü\"'"],
  ["é", "'é'"],
  ["--color=auto", "'--color=auto'"],
  ["it's", '"it\'s"'],
  ["echo a^b", "'echo a''^b'"],
  ["echo ^a", "'echo ''^a'"],
  ["echo it's ok'", "\"echo it's ok'\""],
  ["echo \\ x", '"echo \\\\ x"'],
  ["awk '{print $1}' a.txt", "\"awk '{print \"'$1}'\"' a.txt\""],
  ["echo 'a' \"b\" \\$c", "\"echo 'a' \\\"b\\\" \\\\\"'$c'"],
  ["a'b\"c$d", "\"a'b\\\"c\"'$d'"],
])("%j", (word, quoted) => {
  expect(shellQuote(["/bin/bash", "-lc", word])).toBe(`/bin/bash -lc ${quoted}`);
});

test("a shell reads back the words that were quoted", () => {
  const word = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
  const samples = fc.sample(fc.array(word, { minLength: 1, maxLength: 4 }), 200);
  const script = samples.map((words) => `printf '%s\\0' ${shellQuote(words)}`).join("\n");
  const { stdout } = Bun.spawnSync(["bash", "-c", script]);
  expect(stdout.toString()).toBe(
    samples
      .flat()
      .map((text) => `${text}\0`)
      .join(""),
  );
});

test("a quoted line gives its words back, and a line of another making gives none", () => {
  const words = fc.array(fc.string({ unit: "binary" }), { maxLength: 5 });
  fc.assert(fc.property(words, (argv) => expect(quotedWords(shellQuote(argv))).toEqual(argv)));
  expect(quotedWords("echo $(ls)")).toBeUndefined();
  expect(quotedWords("a  b")).toBeUndefined();
});
