import fc from "fast-check";

/** Scripts that are hard to read: mostly plain, with one or two things in them that are not what they seem. */

const programs = "alpha beta ./gamma /bin/delta d-e.f git rm é 日本".split(" ");
const words = [
  ..."-n --long=x a b.c src/x.ts 0 12 2 1 0x1f -5 3.5 a=b =a = == =~ + % %1 @ , : . .. / // ^ a^b ! a!b !! ] a] é 日本 a:b {".split(
    " ",
  ),
  ..."'a b' '' \"\" \"a b\" 'a'b a'b' \"a\"'b'c '$x' '`id`' '\\' \"it's\" '\"' '&&' \"|\" ';' '#' \"# x\" \" a\" 'a\nb' \"a\nb\"".split(
    / (?=[^ ]*['"](?:[^'"]| )|[^ ]*$)/,
  ),
  "'a b'",
  '"a b"',
  "' '",
  '"\n"',
  "'\t'",
];
const joins = [
  " && ",
  " || ",
  "; ",
  " | ",
  "\n",
  "&&",
  "||",
  ";",
  "|",
  " ;\n",
  "\n\n",
  " &&\n",
  " |\n ",
  ";;",
  " & ",
  "&",
  "|&",
  "\n;",
  ";\n\n",
];
const mutings = [
  "2>&1",
  ">/dev/null",
  " > /dev/null",
  "2>/dev/null",
  " 2> /dev/null",
  "&>/dev/null",
  "</dev/null",
  "1>&2",
  ">&2",
  ">>/dev/null",
];

/** Each may turn what stands around it into something else. */
const odd = [
  ...[
    "$x",
    "${x}",
    "${x:-y}",
    "$1",
    "$@",
    "$$",
    "$?",
    "$",
    "$(id)",
    "`id`",
    "$((1+1))",
    "$[1+1]",
    "((1))",
    "<(id)",
    ">(id)",
  ],
  ...[
    "$'a'",
    "$'a\\nb'",
    '$"a"',
    "$''",
    "\\",
    "\\\n",
    "\\ ",
    "\\'",
    '\\"',
    "'",
    '"',
    "`",
    '"$x"',
    '"`id`"',
    '"\\$"',
    '"\\n"',
    '"a\\\nb"',
  ],
  ...[
    "<<E\na\nE\n",
    "<<'E'\n$x\nE\n",
    "<<-E\n\ta\n\tE\n",
    "<<<x",
    "<<<'a b'",
    "<<",
    "<&-",
    ">&-",
    "<>x",
    ">|x",
    ">x",
    "> x",
    "2>x",
    "3>&1",
    "12>/dev/null",
  ],
  ...[
    "0>/dev/null",
    "{fd}>/dev/null",
    ">/dev/null2",
    "> /dev/null/x",
    ">&3",
    ">&12",
    "&>x",
    ">\u00a0/dev/null",
    ">/dev/null\u00a0x",
    "3</dev/null",
    "<(",
    ">(",
  ],
  ...[
    "#",
    "#x",
    " # x",
    "a#b",
    "\n# x\n",
    "#!/bin/sh\n",
    "\r",
    "\r\n",
    "\t",
    "\v",
    "\f",
    "\u0001",
    "\u007f",
    "\0",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\u3000",
    "\ufeff",
  ],
  ...[
    "\u200b",
    "\u202e",
    "\ud800",
    "\u001b[0m",
    "*",
    "?",
    "[a]",
    "a*",
    "~",
    "~/a",
    "~root",
    "a=~",
    "a:~",
    "{a,b}",
    "{1..3}",
    "{}",
    "{",
    "}",
    "{ a; }",
    "(",
    ")",
    "(a)",
  ],
  ...[
    "a()",
    "f() { a; }",
    "function f { a; }",
    "if ",
    "then ",
    "else ",
    "elif ",
    "fi",
    "for ",
    "in ",
    "do ",
    "done",
    "while ",
    "until ",
    "case ",
    "esac",
    "select ",
  ],
  ...[
    "time ",
    "coproc ",
    "! ",
    "[[ ",
    " ]]",
    "[ ",
    " ]",
    "test ",
    "x=1",
    "x=1 ",
    "x+=1 ",
    "x[0]=1 ",
    "é=1 ",
    "1=2 ",
    "'x'=1 ",
    "x='a b' ",
    "export x=1",
    "declare -x a",
  ],
  ...[
    "local a",
    "readonly a=1",
    "typeset a",
    "unset a",
    "unsetenv a",
    "let a=1",
    "eval ",
    "exec ",
    "source a",
    ". a",
    "alias a=b",
    "set -x",
    "trap a EXIT",
    "shopt -s extglob",
  ],
  ...[
    "@(a|b)",
    "!(a)",
    "+(a)",
    "?(a)",
    "*(a)",
    "!!",
    "!$",
    "!-1",
    "^a^b",
    "-",
    "- a",
    "noglob a",
    "nocorrect a",
    "repeat 3 ",
    "foreach ",
    "end",
    "=a",
    "a=(1 2)",
    "&",
    "&&&",
    "|||",
  ],
  ...[
    "& &",
    "; ;",
    "|& ",
    ";&",
    ";;&",
    "&& &&",
    "|| |",
    "&& ;",
    "\n&&",
    "'a'\n'b'",
    "''''",
    '""""',
    "'\"'\"'",
    "a''",
    "''a",
    '"\'"',
    "if",
    "'if'",
    '"then" ',
    "i'f' ",
    "in",
  ],
];

/** Real commands, as models write them. */
const corpus = [
  "git status --short && git diff --stat | head -20",
  "cd packages/core && npm test -- --grep 'resume thread' 2>&1 | tail -40",
  "rg -n \"export function\" src --glob '*.ts' | sort | uniq -c",
  "find . -name '*.rs' -not -path './target/*' -print0 | xargs -0 wc -l",
  "sed -n '1,200p' src/main.ts; sed -n 200,400p src/main.ts",
  "python3 -c 'import sys; print(sys.version)'",
  "python3 - <<'PY'\nprint(1)\nPY\n",
  'for f in *.ts; do wc -l "$f"; done',
  "if [ -f package.json ]; then cat package.json; else ls -la; fi",
  "FOO=bar make -j4 all 2>/dev/null || echo failed",
  "grep -rn --include='*.md' \"TODO\" . || true",
  "cat <<EOF > x.txt\nhello $USER\nEOF",
  "echo \"a $(date) b\" && echo 'it'\\''s'",
  "ls -la \\\n  src \\\n  tests",
  "(cd x && make) & wait",
  "docker run --rm -v \"$PWD\":/w img sh -c 'ls /w'",
  "curl -sS https://example.com/x?y=1\\&z=2 | jq '.a[0]'",
  "test -d .git && git log -1 --format=%H",
  "awk '{ print $1 }' a.txt | tr -d '\\r'",
  'export PATH=/x:$PATH; node -e "console.log(1)"',
  "printf '%s\\n' a b c > out.txt",
  "tar czf - . | ssh host 'tar xzf -'",
  "npm run build\nnpm test\n\n",
  'while read -r l; do echo "$l"; done < in.txt',
  "[[ -n $x && $y == a* ]] && echo yes",
  "ls # the files\npwd",
  "git commit -m \"Fix: don't crash\" -m 'a && b'",
  "true; false || : ; echo done",
  "diff <(sort a) <(sort b)",
  "/usr/bin/env bash -lc 'echo hi'",
  "echo café naïve 日本語 '✓'",
  "time make; ! grep -q x y",
];

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(" ", " ", " ", "  ", "\t") },
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 3, arbitrary: fc.constantFrom(...programs) },
  { weight: 3, arbitrary: fc.constantFrom(...joins) },
  { weight: 1, arbitrary: fc.constantFrom(...mutings) },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
);

const plainCommand = fc
  .tuple(
    fc.constantFrom(...programs),
    fc.array(fc.tuple(fc.constantFrom(" ", "  ", "\t", ""), fc.constantFrom(...words, ...mutings)), { maxLength: 5 }),
  )
  .map(([program, rest]) => [program, " ", ...rest.flat()].join(""));

const wholeCommands = fc
  .tuple(plainCommand, fc.array(fc.tuple(fc.constantFrom(...joins.slice(0, 13)), plainCommand), { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest.flat()].join(""));

type Edit = {
  readonly at: number;
  readonly kind: "insert" | "delete" | "double" | "swap";
  readonly text: string;
  readonly size: number;
};

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom("insert", "delete", "double", "swap"),
  text: fc.oneof(
    piece,
    fc.string({
      unit: fc.constantFrom(..." \t\n'\"\\$`&|;<>(){}[]#!~*?=+-@%^,:./a1éZ\r\u00a0".split("")),
      minLength: 1,
      maxLength: 2,
    }),
  ),
  size: fc.integer({ min: 1, max: 4 }),
});

function applyEdit(script: string, { at, kind, text, size }: Edit): string {
  const place = Math.floor(at * script.length);
  const [before, cut, rest] = [script.slice(0, place), script.slice(place, place + size), script.slice(place + size)];
  switch (kind) {
    case "insert":
      return before + text + cut + rest;
    case "delete":
      return before + rest;
    case "double":
      return before + cut + cut + rest;
    case "swap":
      return before + rest.slice(0, size) + cut + rest.slice(size);
  }
}

const edited = (of: fc.Arbitrary<string>, least: number): fc.Arbitrary<string> =>
  fc
    .tuple(of, fc.array(edit, { minLength: least, maxLength: 3 }))
    .map(([script, edits]) => edits.reduce(applyEdit, script));

export const trickyScript: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: edited(wholeCommands, 0) },
  { weight: 2, arbitrary: edited(fc.constantFrom(...corpus), 0) },
  {
    weight: 2,
    arbitrary: fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => `alpha ${pieces.join("")}`),
  },
  { weight: 1, arbitrary: fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join("")) },
);
