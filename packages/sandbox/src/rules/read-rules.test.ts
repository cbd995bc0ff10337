import { expect, test } from "bun:test";
import { readRules } from "./read-rules.ts";

/** What a file says, shortly: its rules' words, or why it counts for nothing. */
function said(source: string): unknown {
  const read = readRules(source, "/home/me");
  if (!read.ok) return read.error.message;
  return read.value.prefixes.map(({ program, rest, decision }) => `${[program, ...rest].join(" ")} ${decision}`);
}

test.each<[string, string[]]>([
  ['prefix_rule(pattern=["a", "b"])', ["a b allow"]],
  ['prefix_rule(["a"], "prompt", ["a x"], [["b"]], "because")', ["a prompt"]],
  ['prefix_rule([["a", "b"], ["c", "d"]], decision="forbidden")', ["a c,d forbidden", "b c,d forbidden"]],
  ['prefix_rule([["a"], "b"])', ["a b allow"]],
  ["# nothing\n\n", []],
  ["\n\n  # indented\nprefix_rule(['a'])  # after\n", ["a allow"]],
  ['prefix_rule(\n    pattern = [\n        "a",  # why\n        "b",\n    ],\n)\n', ["a b allow"]],
  ['x = ["a"]\nx += ["b"]\nprefix_rule(x)', ["a b allow"]],
  ['a, b = "a", "b"\nprefix_rule([a, b])', ["a b allow"]],
  ['(a, b), c = ("a", "b"), "c"\nprefix_rule([a, b, c])', ["a b c allow"]],
  ['for x in ["a", "b"]:\n  prefix_rule([x])', ["a allow", "b allow"]],
  [
    "for x in range(9):\n  if x == 1: continue\n  if x == 3:\n    break\n  prefix_rule([str(x)])",
    ["0 allow", "2 allow"],
  ],
  ['[prefix_rule([k, v]) for k, v in {"a": "b"}.items() if v]', ["a b allow"]],
  ['d = {k: [k] for k in ["a", "b"]}\nprefix_rule([d["b"], "c"])', ["b c allow"]],
  ['def f(n, more = ["c"], *rest, **named):\n    return [n] + more + list(rest)\nprefix_rule(f("a"))', ["a c allow"]],
  ['def f(n, m):\n  if n:\n    return m\n  else:\n    pass\nprefix_rule(["a", str(f(0, 1))])', ["a None allow"]],
  ['def f(a, b): return [a, b]\nprefix_rule(f(*["x"], **{"b": "y"}))', ["x y allow"]],
  ['f = lambda a, b = "z": [a, b]\nprefix_rule(f("a"))', ["a z allow"]],
  ['y = "b"\nprefix_rule(["a", f"{y}-{1 + 1}-{{}}"])', ["a b-2-{} allow"]],
  ['prefix_rule(["%s-%d%%" % ("a", 3), "{}/{1}/{n}".format("b", "c", n = 4)])', ["a-3% b/c/4 allow"]],
  ['prefix_rule(["a" if not False else "b", "x" * 3])', ["a xxx allow"]],
  ["prefix_rule(['''a''', \"\"\"b\nc\"\"\", r'\\d', '\\x41\\n'])", ["a b\nc \\d A\n allow"]],
  [
    'prefix_rule("a,b".split(",") + ["-".join(["c", "d"]), " e ".strip(), "F".lower(), "g".upper()])',
    ["a b c-d e f G allow"],
  ],
  [
    'prefix_rule(["a"] + [str(x) for x in [len([1]), 7 // 2, -7 // 2, -7 % 3, 0x10, min(3, 2), max([1, 4])]])',
    ["a 1 3 -4 2 16 2 4 allow"],
  ],
  ['prefix_rule([str(i) + x for i, x in enumerate(["a", "b"][::-1])])', ["0b 1a allow"]],
  ['prefix_rule(sorted(["b", "a"], reverse = True) + ["abc"[1:], "abc"[-1]])', ["b a bc c allow"]],
  [
    'prefix_rule(["a", type([]), repr("x"), str(1 in [1]), str("b" not in "abc"), chr(ord("d") + 1)])',
    ['a list "x" True False e allow'],
  ],
  ['x = 1; y = "a"\nprefix_rule([y])', ["a allow"]],
  ['if False:\n  x = 1\nelif True:\n  prefix_rule(["a"])\nelse:\n  fail("no")', ["a allow"]],
  ['x = [["a"]]\nx[0][0] = "b"\nx[0].append("c")\nx[0].extend(("d",))\nprefix_rule(x[0])', ["b c d allow"]],
  ['prefix_rule(["a"], match = ["a b", ["a"]], not_match = ["b", "\'a b\'"])', ["a allow"]],
])("%j", (source, rules) => {
  expect(said(source)).toEqual(rules);
});

/** Messages of the original, where programs may look for them. */
test.each<[string, string]>([
  ["prefix_rule(pattern=[])", "invalid pattern element: pattern cannot be empty"],
  ['prefix_rule(["a", []])', "invalid pattern element: pattern alternatives cannot be empty"],
  ['prefix_rule(["a", 3])', "invalid pattern element: pattern element must be a string or list of strings (got int)"],
  ['prefix_rule(["a", [3]])', "invalid pattern element: pattern alternative must be a string (got int)"],
  ['prefix_rule("a")', 'Type of parameter `pattern` doesn\'t match, expected `list`, actual `string (repr: "a")`'],
  ['prefix_rule(("a",))', 'Type of parameter `pattern` doesn\'t match, expected `list`, actual `tuple (repr: ("a",))`'],
  ['prefix_rule(["a"], "x")', "invalid decision: x"],
  ['prefix_rule(["a"], "deny")', "invalid decision: deny"],
  [
    'prefix_rule(["a"], None)',
    "Type of parameter `decision` doesn't match, expected `str`, actual `NoneType (repr: None)`",
  ],
  [
    'prefix_rule(["a"], match = "a")',
    'Type of parameter `match` doesn\'t match, expected `list`, actual `string (repr: "a")`',
  ],
  ['prefix_rule(["a"], match = [3])', "invalid example: example must be a string or list of strings (got int)"],
  ['prefix_rule(["a"], match = [[]])', "invalid example: example cannot be an empty list"],
  ['prefix_rule(["a"], match = [[3]])', "invalid example: example tokens must be strings (got int)"],
  ['prefix_rule(["a"], match = [""])', "invalid example: example cannot be an empty string"],
  ['prefix_rule(["a"], match = ["a \'b"])', "invalid example: example string has invalid shell syntax"],
  [
    'prefix_rule(["a"], match = ["b", "a"])',
    `expected every example to match at least one rule. rules: [prefix_rule(["a"], "allow")]; unmatched examples: ["b"]`,
  ],
  ['prefix_rule(["a"], not_match = ["a c"])', 'expected example to not match rule `prefix_rule(["a"], "allow")`: a c'],
  ['prefix_rule(["a"], justification = " ")', "invalid rule: justification cannot be empty"],
  [
    'prefix_rule(["a"], justification = 3)',
    "Type of parameter `justification` doesn't match, expected `str`, actual `int (repr: 3)`",
  ],
  ['prefix_rule(["a"], "prompt", sandbox = True)', 'invalid rule: sandbox=True goes only with decision="allow"'],
  ["prefix_rule()", "Missing parameter `pattern` for call to `prefix_rule`"],
  ['prefix_rule(["a"], foo = 1)', "Found `foo` extra named parameter(s) for call to prefix_rule"],
  ['prefix_rule(["a"], pattern = ["b"])', "Argument `pattern` occurs more than once"],
  [
    'network_rule("*.a.com", "https", "deny")',
    "invalid rule: network_rule host must be a specific host; wildcards are not allowed",
  ],
  ['network_rule("", "https", "deny")', "invalid rule: network_rule host cannot be empty"],
  [
    'network_rule("a.com/x", "https", "deny")',
    "invalid rule: network_rule host must be a hostname or IP literal (without scheme or path)",
  ],
  ['network_rule("a com", "https", "deny")', "invalid rule: network_rule host cannot contain whitespace"],
  ['network_rule("a\\0.com", "https", "deny")', "invalid rule: network_rule host cannot contain control characters"],
  [
    'network_rule("a.com", "ftp", "deny")',
    "invalid rule: network_rule protocol must be one of http, https, socks5_tcp, socks5_udp (got ftp)",
  ],
  ['network_rule("a.com", "https")', "Missing parameter `decision` for call to `network_rule`"],
  ['host_executable("a/b", ["/a/b"])', "invalid rule: host_executable name must be a bare executable name (got a/b)"],
  ['host_executable("", ["/a/b"])', "invalid rule: host_executable name cannot be empty"],
  ['host_executable("git", ["/a/b"])', "invalid rule: host_executable path `/a/b` must have basename `git`"],
  ['host_executable("git", ["a/git"])', "invalid rule: host_executable paths must be absolute (got a/git)"],
  ['host_executable("git", [1])', "invalid rule: host_executable paths must be strings (got int)"],
  ['prefix_rule(["a"]', "Parse error: unexpected new line, expected symbol ')'"],
  ["x = 1 +", "Parse error: unexpected new line, expected expression"],
  ["while True: pass", "Parse error: cannot use reserved keyword `while`"],
  ["import os", "Parse error: cannot use reserved keyword `import`"],
  ["foo(1)", "Variable `foo` not found"],
  ['fail("no")', "fail: no"],
  ["x = [1][5]", "Index `5` is out of bound"],
  ["x = 1 // 0", "Floor division by zero: 1 // 0"],
  ['x = 1 + "a"', "Operation `+` not supported for types `int` and `string`"],
  ["x = [1] + (2,)", "Operation `+` not supported for types `list` and `tuple`"],
  ['x = 1 < "a"', "Operation `compare` not supported for types `int` and `string`"],
  ['x = "a".foo()', "Object of type `string` has no attribute `foo`"],
  ['x = {}["a"]', 'Key `"a"` was not found'],
  ['x = {"a": 1, "a": 2}', 'Dictionary key repeated for `"a"`'],
  ["return 1", "`return` cannot be used outside of a `def` function"],
  ["break", "`break` cannot be used outside of a `for` loop"],
  ["for x in 3: pass", "Operation `(iter)` not supported on type `int`"],
  ['x = "abc', "Parse error: unfinished string literal"],
  ['x = "a" "b"', 'Parse error: unexpected string literal "b", expected new line'],
  ["x = @", "Parse error: invalid input `@`"],
  ["if True:\nx = 1", "Parse error: unexpected identifier 'x', expected new indentation block"],
  ["  x = 1", "Parse error: unexpected new indentation block, expected expression"],
  ["def f(a):\n  pass\nf()", "Missing parameter `a` for call to `f`"],
  ["def f(a):\n  pass\nf(1, 2)", "Found 1 extra positional argument(s) for call to f"],
  ["def f(n):\n  return f(n)\nf(1)", "Starlark call stack overflow"],
])("%j is refused", (source, message) => {
  expect(said(source)).toBe(message);
});

test.each([
  ["an endless list", "x = [i for i in range(10000000)]"],
  ["loops within loops", "for a in range(1000):\n  for b in range(1000):\n    for c in range(1000): pass"],
  ["a text that doubles", 'x = "aa"\nfor i in range(100): x = x + x'],
  ["a text that doubles in an f-string", 'x = "aa"\nfor i in range(100): x = f"{x}{x}"'],
  ["a list that grows while it is walked", "x = [1]\nfor i in range(100): x += x"],
  ["a value too large to be shown", "x = [1]\nfor i in range(60): x = [x, x]\ny = repr(x)"],
  ["a value too deep to be compared", "x = [1]\nfor i in range(100000): x = [x]\ny = x < x"],
  ["brackets without end", `x = ${"[".repeat(100_000)}`],
  ["a sum without end", `x = 1${"+1".repeat(200_000)}`],
])("%s ends soon, and is refused", (_name, source) => {
  const began = performance.now();
  expect(said(source)).toMatch(/steps|too large|too deep/);
  expect(performance.now() - began).toBeLessThan(5000);
});

test("a problem tells its place", () => {
  const read = readRules('x = 1\n\nprefix_rule(\n  ["a", 3])\n', "/");
  expect(read.ok || read.error.place).toEqual({ line: 3, column: 1, length: 12 });
});

test("what else a file may say", () => {
  const source = `prefix_rule(["git"], sandbox = True, canonical_matching = True, justification = "why")
network_rule("Api.Example.com.", "https", "deny", justification = "no")
host_executable("git", ["/usr/bin/git", "~/bin/git"])`;
  expect(readRules(source, "/home/me")).toEqual({
    ok: true,
    value: {
      prefixes: [{ program: "git", rest: [], decision: "allow", sandboxed: true, anyCase: true, justification: "why" }],
      networks: [{ host: "api.example.com", protocol: "https", decision: "forbidden", justification: "no" }],
      executables: new Map([["git", ["/usr/bin/git", "/home/me/bin/git"]]]),
    },
  });
});
