import { afterAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judgeByRules } from "./judge-by-rules.ts";
import { describeDamage } from "./loaded-rules.ts";
import { openRules } from "./open-rules.ts";

const root = mkdtempSync(join(tmpdir(), "codex-rules-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let homes = 0;

/** A home with these files, and the book of its rules. */
function scene(files: Record<string, string>) {
  const home = join(root, String(homes++));
  const folder = (name: string) => join(home, name);
  const [own, project] = [folder("own"), folder("project")];
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(home, file, ".."), { recursive: true });
    writeFileSync(folder(file), text);
  }
  const book = openRules({ fixed: [folder("system"), project], own, amended: own, home: root });
  const programs = async () => (await book.current()).rules.prefixes.map(({ program }) => program);
  return { own, project, book, programs, file: join(own, "default.rules") };
}

test("files count by name, folder by folder; the user's are read anew, the others once", async () => {
  const { own, project, programs } = scene({
    "own/b.rules": 'prefix_rule(["b"])',
    "own/a.rules": '\uFEFFprefix_rule(["a"])\r\n',
    "own/a.txt": 'prefix_rule(["no"])',
    "project/x.rules": 'prefix_rule(["x"])',
  });
  expect(await programs()).toEqual(["x", "a", "b"]);
  writeFileSync(join(own, "c.rules"), 'prefix_rule(["c"])');
  writeFileSync(join(project, "y.rules"), 'prefix_rule(["y"])');
  expect(await programs()).toEqual(["x", "a", "b", "c"]);
});

test("what is damaged is told, and the others stay", async () => {
  const { own, book, programs } = scene({
    "own/a.rules": 'prefix_rule(["a"])',
    "own/bad.rules": 'prefix_rule(["b"])\nprefix_rule(["c"], "nonsense")',
    "own/worse.rules": 'prefix_rule(["b"], "forbidden"',
  });
  expect(await programs()).toEqual(["a"]);
  expect((await book.current()).damaged.map(describeDamage)).toEqual([
    `The rules of ${own}/bad.rules:2:1 cannot be used: invalid decision: nonsense. None of its rules counts, and until it is repaired no other rule allows anything either.`,
    `The rules of ${own}/worse.rules:1:31 cannot be used: Parse error: unexpected new line, expected symbol ')'. It may forbid commands, so none is run until it is repaired or removed.`,
  ]);
});

test.each([
  ["", ""],
  ["# mine\n", "# mine\n"],
  ["# no line end", "# no line end\n"],
  ["# dos\r\n", "# dos\r\n"],
])("what is allowed is added to %j", async (before, kept) => {
  const { book, file, programs } = scene({ "own/default.rules": before });
  expect(await book.allow(['a "b"', "ü"])).toEqual({ ok: true, value: undefined });
  expect(await book.allow(['a "b"', "ü"])).toEqual({ ok: true, value: undefined });
  expect(readFileSync(file, "utf8")).toBe(`${kept}prefix_rule(pattern=["a \\"b\\"", "ü"], decision="allow")\n`);
  expect(await programs()).toEqual(['a "b"']);
});

test("the folder is made, and processes that add at once lose nothing", async () => {
  const { book, file, own } = scene({});
  expect((await book.allow(["first"])).ok).toBe(true);
  const program = `
    import { appendRule } from ${JSON.stringify(join(import.meta.dir, "append-rule.ts"))};
    for (let at = 0; at < 20; at++) {
      const done = appendRule(${JSON.stringify(join(own, "default.rules"))}, [process.argv[1] ?? "", String(at)]);
      if (!done.ok) throw new Error(done.error);
    }`;
  const writers = ["a", "b", "c"].map((name) =>
    Bun.spawn([process.execPath, "-e", program, name], { stderr: "inherit" }),
  );
  expect(await Promise.all(writers.map(({ exited }) => exited))).toEqual([0, 0, 0]);
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(62);
});

test.skipIf(process.getuid?.() === 0)(
  "a file that may not be read stops commands, since it may forbid any",
  async () => {
    const { book, own } = scene({ "own/a.rules": 'prefix_rule(["a"])' });
    chmodSync(join(own, "a.rules"), 0);
    expect((await book.current()).damaged).toMatchObject([{ message: "permission denied", forbids: true }]);
  },
);

test("what an administrator forbids stays forbidden, however a user's rules name the program", async () => {
  const { own } = scene({
    "own/a.rules": 'prefix_rule(["/usr/bin/git"])\nprefix_rule(["git"])\nhost_executable("git", ["/opt/git"])',
  });
  const rule = {
    pattern: [["git"], ["push", "fetch"]],
    decision: "forbidden",
    justification: "no",
    anyCase: false,
  } as const;
  const asked = { ...rule, pattern: [["ls"]], decision: "prompt-user" } as const;
  const { rules } = await openRules({ fixed: [], own, managed: [rule, asked], amended: own, home: root }).current();
  const kinds = ["git push", "/usr/bin/git fetch x", "sudo git push", "/usr/bin/git log", "git log", "ls -l"].map(
    (line) => {
      const verdict = judgeByRules(line.split(" "), rules);
      return "match" in verdict && verdict.match.forPerson ? "person" : verdict.kind;
    },
  );
  expect(kinds).toEqual(["forbidden", "forbidden", "forbidden", "allow", "allow", "person"]);
});

test("a folder that cannot be listed stops commands, since its files may forbid any; one that is not there is empty", async () => {
  const { own, project, book } = scene({ "own/a.rules": 'prefix_rule(["a"])' });
  expect((await book.current()).damaged).toEqual([]);
  // Root may list what nobody may read, so the folder is a link to itself.
  rmSync(own, { recursive: true });
  for (const folder of [own, project]) symlinkSync(folder, folder);
  const damage = { message: "too many symbolic links", place: undefined, forbids: true };
  expect((await book.current()).damaged).toEqual([{ ...damage, file: own }]);
  const { damaged } = await openRules({ fixed: [project], own: undefined, amended: own, home: root }).current();
  expect(damaged).toEqual([{ ...damage, file: project }]);
});

test("a file that cannot be written is a sentence", async () => {
  const { book, own } = scene({ own: "in the way" });
  expect(await book.allow(["a"])).toEqual({
    ok: false,
    error: `The rule was not saved: ${own}/default.rules cannot be written (there is already something of that name). It is asked about again.`,
  });
});
