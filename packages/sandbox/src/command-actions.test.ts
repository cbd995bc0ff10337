import { expect, test } from "bun:test";
import type { CommandAction } from "@codex/protocol/items";
import { commandActions } from "./command-actions.ts";

const read = (command: string, name: string, path = name): CommandAction => ({ type: "read", command, name, path });
const list = (command: string, path: string | null = null): CommandAction => ({ type: "listFiles", command, path });
const search = (command: string, query: string | null, path: string | null = null): CommandAction => ({
  type: "search",
  command,
  query,
  path,
});

/** As the original shows them. */
test.each<[string, CommandAction[]]>([
  ["cat a.txt", [read("cat a.txt", "a.txt")]],
  ['cat "a b.txt"', [read("cat 'a b.txt'", "a b.txt")]],
  ["cat 'a'b\"c\"", [read("cat abc", "abc")]],
  ["cat -- -x", [read("cat -- -x", "-x")]],
  ["cat a/b/src/c.txt", [read("cat a/b/src/c.txt", "c.txt", "a/b/src/c.txt")]],
  ["cat a/src", [read("cat a/src", "a", "a/src")]],
  ["cat ../x.txt", [read("cat ../x.txt", "x.txt", "../x.txt")]],
  ["cat a=b", [read("cat 'a=b'", "a=b")]],
  ["bat -n a.txt", [read("bat -n a.txt", "a.txt")]],
  ["nl -ba a.txt", [read("nl -ba a.txt", "a.txt")]],
  ["head -n5 a.txt", [read("head -n5 a.txt", "a.txt")]],
  ["tail -n +3 a.txt", [read("tail -n +3 a.txt", "a.txt")]],
  ["sed -n -e 1p a", [read("sed -n -e 1p a", "a")]],
  ["sed -n '1,5p' a.txt", [read("sed -n '1,5p' a.txt", "a.txt")]],
  ["awk '{print $1}' a.txt", [read("awk '{print $1}' a.txt", "a.txt")]],
  ["nl -ba a.txt | sed -n '1,5p'", [read("nl -ba a.txt | sed -n '1,5p'", "a.txt")]],
  ["cat a.txt | head -5", [read("cat a.txt", "a.txt")]],
  ["cat a | head -n 5 | tail -n 2", [read("cat a", "a")]],
  ["cat a | sed s/a/b/", [read("cat a", "a")]],
  ["cat a | grep x", [read("cat a", "a"), search("grep x", "x")]],
  ["cat a;cat b;cat a", [read("cat a", "a"), read("cat b", "b"), read("cat a", "a")]],
  ["cat a\ncat b", [read("cat a", "a"), read("cat b", "b")]],
  ["cd src && cat b.txt", [read("cat b.txt", "b.txt", "src/b.txt")]],
  ["cd a && cd b && cat c.txt", [read("cat c.txt", "c.txt", "a/b/c.txt")]],
  ["echo a || cat a.txt", [read("cat a.txt", "a.txt")]],
  ["cat a.txt && ls src", [read("cat a.txt", "a.txt"), list("ls src", "src")]],
  ["ls", [list("ls")]],
  [" ls ", [list("ls")]],
  ["ls -la src", [list("ls -la src", "src")]],
  ["ls a/src", [list("ls a/src", "a")]],
  ["ls -I foo bar", [list("ls -I foo bar", "bar")]],
  ["ls --color=auto x", [list("ls '--color=auto' x", "x")]],
  ["ls !x", [list("ls '!x'", "!x")]],
  ["ls && ls", [list("ls")]],
  ["ls | sort | head", [list("ls")]],
  ["true && ls", [list("ls")]],
  ["echo x; ls", [list("ls")]],
  ["cd /x && ls y", [list("ls y", "y")]],
  ["tree -L 2 src", [list("tree -L 2 src", "src")]],
  ["rg --files -g x", [list("rg --files -g x")]],
  ["rg --files src | head -3", [list("rg --files src", "src")]],
  ["git ls-files src", [list("git ls-files src", "src")]],
  ["find src -type f", [list("find src -type f", "src")]],
  ["fd", [list("fd")]],
  ['python3 -c "import os; print(os.listdir())"', [list("python3 -c 'import os; print(os.listdir())'")]],
  ["rg foo a/b/c", [search("rg foo a/b/c", "foo", "c")]],
  ["rg -A 3 foo src lib", [search("rg -A 3 foo src lib", "foo", "src")]],
  ["rg --type ts foo", [search("rg --type ts foo", "foo")]],
  ["rg -e foo src", [search("rg -e foo src", "foo", "src")]],
  ["rg foo || true", [search("rg foo", "foo")]],
  ["rg -l foo | xargs cat", [search("rg -l foo", "foo")]],
  ["rg foo -g '*.ts' src | head -n 5", [search("rg foo -g '*.ts' src", "foo", "src")]],
  ["grep -rn 'a b' .", [search("grep -rn 'a b' .", "a b", ".")]],
  ["git grep foo src", [search("git grep foo src", "foo", "src")]],
  ["find . -name '*.ts'", [search("find . -name '*.ts'", "*.ts", ".")]],
  ["find a b -name x", [search("find a b -name x", "x", "a")]],
  ["fd -t f foo", [search("fd -t f foo", "foo")]],
  ["cd src", []],
])("%j", (script, actions) => {
  expect(commandActions(script)).toEqual(actions);
});

const notUnderstood = [
  [
    "echo hi",
    "npm test",
    "cat",
    "cat -",
    "cat a b",
    "cat ~/x.txt",
    "cat a > b",
    "cat a 2>/dev/null",
    "cat <<EOF\nx\nEOF",
  ],
  ["ls; pwd", "pwd && ls", "ls && echo done", "rg foo || echo none", "ls *.ts", "ls {a,b}", "ls # c", "(ls)", "! ls"],
  ["FOO=1 ls", "head -c 10 a", "head -5 a.txt", "tail -f a", "sed 's/a/b/' a", "sed -n 1p", "awk x", "yes | head"],
  [
    "git status",
    "git -C x ls-files",
    "bash -lc 'cat a'",
    "rg foo | cat",
    "cd src && npm test",
    "echo $HOME",
    "a\tb",
    "",
  ],
  // Not so in the original, which shows these as listing and searching.
  ["find . -name x -delete", "ls | xargs rm", "find . -type f -exec rm {} +"],
];

test.each(notUnderstood.flat())("%j is unknown as a whole", (script) => {
  expect(commandActions(script)).toEqual([{ type: "unknown", command: script }]);
});
