import { expect, test } from "bun:test";
import fc from "fast-check";
import { areSafeCommands, isSafeCommand } from "./safe-command.ts";
import { splitWords } from "./rules/split-words.ts";
import { visibleCommands } from "./visible-commands.ts";

const words = (line: string): string[] => splitWords(line) ?? [];

const safe = [
  "cat a b, cat -n a, cat -- -x, cd src, echo -n hi, expr 1 + 2, false, true, head -5 a, head -n 5 a, tail -n +3 a, tail -c10 a",
  "grep -rn foo ., grep --include '*.ts' -e x src, grep -A3 -B 2 x f, ls -la, ls --color=auto x, id -u, nl -ba a, paste a b",
  "pwd, rev a, seq 1 -2 9, stat -c %s a, tr a-z A-Z, uname -a, uniq -c, uniq -f 1 a, wc -l a, which ls, whoami, base64 -d a",
  "cut -d : -f 1 a, tac a, numfmt --to=iec 9, /bin/ls, /usr/bin/cat a, sed -n 1p, sed -n 2,5p a.txt, rg foo",
  "rg -n --hidden -g '*.ts' foo src, rg --files, rg -C 3 -e x, find . -name '*.ts' -type f, find src -maxdepth 2 -print0",
  "find . '(' -name a -o -name b ')' -not -empty, git status, git status --short -b, git log --oneline -5, git log -p -- src",
  "git diff HEAD~1 --stat, git show HEAD:a, git branch, git branch -a -vv, git branch --format=%H",
].flatMap((line) => line.split(/, /));

test.each(safe)("%s is safe", (line) => {
  expect(isSafeCommand(words(line))).toBe(true);
});

/** With what each of them could do. Rows of advisories: CVE-2025-54558 (rg), CVE-2026-24887 (find), CVE-2026-19592 (git). */
const unsafe: Record<string, string> = {
  "runs another program":
    "rg --pre cat x, rg --pre=cat x, rg --pre-glob '*.pdf' x, rg --hostname-bin evil x, rg --hostname-bin=evil x, rg -z x, rg --search-zip x, rg -nz x, rg --pr cat x, find . -exec rm {} +, find . -execdir a ';', find . -ok a ';', find . -okdir a ';', git -c core.pager=a log, git -ccore.pager=a log, git --config-env=a=b log, git -C other status, git --git-dir=x log, git --git-dir x log, git --work-tree=x status, git --exec-path=x status, git --namespace=x log, git --super-prefix=x log, git --paginate log, git -p log, git diff --ext-diff, git log --textconv, git log --exec=a, git log --show-signature, git log --format=%G?, git branch --edit-description, sed -n '1e id', xargs ls, env ls, env A=1 ls, sudo ls, nohup ls, bash -c ls, sh -lc ls, tar --to-command=a -xf x, tar -xf x, sort --compress-program=a x, awk '{print}', python3 -c 1, eval ls, source a, command ls, time ls, less a, man ls, vi a",
  "writes a file":
    "find . -fprint x, find . -fprint0 x, find . -fprintf x y, find . -fls x, find . -delete, sed -n 'w x' a, sed -i s/a/b/ a, sed -n 1p -i, sed -n 1p a -i, sort -o x a, sort a, base64 -o x a, base64 --output=x a, git diff --output=x, git log --output x, git branch new, git branch -d x, git branch -D x, git branch --list -d x, git branch -m a b, uniq a b, tee x, cp a b, touch a, mkdir a, rm a, dd if=a",
  "is not what it seems":
    "./ls, /tmp/ls, sub/cat a, ../bin/cat a, /usr/local/bin/ls, git diff --no-index a b, git diff -Ox, git diff -O x, git stash, git push, git checkout x, rg --unknown x, cat --unknown, ls --zzz, grep --exclude-fro=x y, wc -Z, pwd -x, find -regextype, tail -f a, tail --pid=1 a, '', whoami --x, constructor, toString a, __proto__",
  "reaches the network or others": "curl x, wget x, ping x, nslookup x, ssh x, kill 1, crontab -l, docker ps",
};

test.each(Object.entries(unsafe).flatMap(([what, lines]) => lines.split(/, /).map((line) => [line, what] as const)))(
  "%s is not: it %s",
  (line) => {
    expect(isSafeCommand(words(line))).toBe(false);
  },
);

test("git in a folder that was changed to is not safe", () => {
  const script = (text: string) => areSafeCommands(visibleCommands(["bash", "-lc", text]) ?? [["?"]], () => false);
  expect(script("git status && cd x && ls")).toBe(true);
  expect(script("cd x && git status")).toBe(false);
  expect(script("cd x; /usr/bin/git log | cat")).toBe(false);
});

const piece = fc.constantFrom(
  ..."cat ls rg find git grep echo a -n -la --color=auto src . status log && ; | || ".split(" "),
  "'a b'",
  '"c"',
);
const hidden = fc.constantFrom(
  ..."$(id) `id` $HOME ${A} <(id) >x >>x 2>x &>x <x <<E & (id) {a,b} * ? [a] ~ $'a' #x \\a <<<x >/dev/null/x 2>/dev/nullx >&3".split(
    " ",
  ),
);

test("nothing with a substitution, a redirection to a file or the like is ever seen as plain, wherever it stands", () => {
  fc.assert(
    fc.property(fc.array(piece), hidden, fc.array(piece), (before, special, after) => {
      const script = [...before, special, ...after].join(" ");
      // What a comment hides is not run, and quoting makes anything harmless: neither is made here.
      expect(visibleCommands(["bash", "-lc", script])).toBeUndefined();
    }),
  );
});

test("no command with an option that nobody knows is safe", () => {
  const programs = "cat cut grep head ls nl paste rev rg stat tail tr uname uniq wc base64 find".split(" ");
  const option = fc.stringMatching(/^--[a-z]{3,12}-xq$/);
  fc.assert(
    fc.property(
      fc.constantFrom(...programs),
      fc.array(fc.constantFrom("a", "-n", ".")),
      option,
      (program, more, odd) => {
        expect(isSafeCommand([program, odd, ...more])).toBe(false);
        expect(isSafeCommand(["git", "log", ...more.filter((word) => word !== "-n"), odd])).toBe(false);
      },
    ),
  );
});
