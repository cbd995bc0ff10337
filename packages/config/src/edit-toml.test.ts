import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { parse } from "smol-toml";
import { isTable, nest, type ConfigTable, type ConfigValue } from "./config-value.ts";
import { formatValue } from "./format-toml.ts";
import { editToml, type TomlEdit } from "./edit-toml.ts";
import { leaves, mergeTables } from "./merge-layers.ts";

const edit = (text: string, path: string[], value: ConfigValue | undefined) => {
  const edited = editToml(text, [{ path, value }]);
  return edited.ok ? edited.value : { problem: edited.error };
};

describe("set", () => {
  test("a value in place, its trailing comment kept", () => {
    expect(edit('model = "a" # mine\n', ["model"], "b")).toBe('model = "b" # mine\n');
  });
  test("a root key before the first header and that header's comment", () => {
    expect(edit("# top\n\n# about tui\n[tui]\ntheme = 'x'\n", ["model"], "a")).toBe(
      "# top\n\nmodel = \"a\"\n\n# about tui\n[tui]\ntheme = 'x'\n",
    );
  });
  test("a key at the end of its own section", () => {
    expect(edit("[features]\na = true # on\n\n[tui]\n", ["features", "b"], false)).toBe(
      "[features]\na = true # on\nb = false\n\n[tui]\n",
    );
  });
  test("a key of a section that is not there", () => {
    expect(edit('model = "a"', ["features", "x"], true)).toBe('model = "a"\n\n[features]\nx = true\n');
  });
  test("quoted segments", () => {
    expect(edit("", ["projects", "/a b/c.d", "trust_level"], "trusted")).toBe(
      '[projects."/a b/c.d"]\ntrust_level = "trusted"\n',
    );
  });
  test("inside an inline table", () => {
    expect(edit("s = { a = 1 } # c\n", ["s", "b", "c"], 2)).toBe("s = { a = 1, b.c = 2 } # c\n");
    expect(edit("s = {}\n", ["s", "b"], 2)).toBe("s = { b = 2 }\n");
  });
  test("beside dotted keys", () => {
    expect(edit("a.b.c = 1\nz = 2\n", ["a", "b", "d"], 3)).toBe("a.b.c = 1\na.b.d = 3\nz = 2\n");
  });
  test("a table over a table's sections, comments kept", () => {
    expect(
      edit("[m.x]\n# why\ncommand = 'a'\n[m.x.env]\nA = '1' # one\n[n]\n", ["m", "x"], {
        command: "b",
        env: { B: "2" },
      }),
    ).toBe('# why\n# one\n[n]\n\n[m.x]\ncommand = "b"\n\n[m.x.env]\nB = "2"\n');
  });
  test("with the line ends of the file", () => {
    expect(edit("[a]\r\nb = 1\r\n", ["a", "c"], 2)).toBe("[a]\r\nb = 1\r\nc = 2\r\n");
  });
  test("nothing below a value that is no table", () => {
    expect(edit("a = 1\n", ["a", "b"], 2)).toEqual({ problem: "`a` is a plain value, not a table" });
    expect(edit("[[a]]\nb = 1\n", ["a", "c"], 2)).toEqual({ problem: "`a` is an array of tables, not a table" });
  });
});

describe("delete", () => {
  test("a line, its comment left behind", () => {
    expect(edit("a = 1 # why\nb = 2\n", ["a"], undefined)).toBe("# why\nb = 2\n");
  });
  test("one pair of an inline table", () => {
    expect(edit("s = { a = 1, b = 2, c = 3 }\n", ["s", "c"], undefined)).toBe("s = { a = 1, b = 2 }\n");
    expect(edit("s = { a = 1, b = 2 }\n", ["s", "a"], undefined)).toBe("s = { b = 2 }\n");
  });
  test("an array of tables", () => {
    expect(edit("[[a]]\nx = 1\n[[a]]\nx = 2\n[b]\ny = 3\n", ["a"], undefined)).toBe("[b]\ny = 3\n");
  });
  test("what is not there", () => {
    expect(edit("a = 1\n", ["b", "c"], undefined)).toBe("a = 1\n");
  });
});

// A document in every style TOML has for the same data, with a numbered comment wherever one may stand.
const key = fc.constantFrom("a", "b", "c", "d.e", "f g", "ä");
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const value: fc.Arbitrary<ConfigValue> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const flat = fc.dictionary(key, value, { maxKeys: 4 });
const style = fc.constantFrom("section", "inline", "dotted" as const);

const documents = fc
  .record({
    root: flat,
    tables: fc.array(fc.tuple(fc.constantFrom("t", "u", "v w"), style, flat), { maxLength: 3 }),
    crlf: fc.boolean(),
  })
  .map(({ root, tables, crlf }) => {
    let comments = 0;
    const note = () => ` # note ${++comments}`;
    const quoted = (name: string) => JSON.stringify(name);
    const line = (name: string, item: ConfigValue, prefix = "") =>
      `${prefix}${quoted(name)} = ${literal(item)}${note()}`;
    const used = new Set<string>();
    const once = tables.filter(([name]) => !used.has(name) && used.add(name));
    const lines = [note().trim(), "", ...Object.entries(root).map(([name, item]) => line(name, item))];
    for (const [name, how, items] of once) {
      if (how === "inline") lines.push(line(name, items));
      if (how === "dotted") lines.push(...Object.entries(items).map(([k, item]) => line(k, item, `${quoted(name)}.`)));
    }
    for (const [name, how, items] of once) {
      if (how === "section")
        lines.push(
          "",
          note().trim(),
          `[${quoted(name)}]${note()}`,
          ...Object.entries(items).map(([k, i]) => line(k, i)),
        );
    }
    return { text: lines.join(crlf ? "\r\n" : "\n") + (crlf ? "\r\n" : "\n"), comments };
  });

function literal(item: ConfigValue): string {
  if (Array.isArray(item)) return `[${item.map(literal).join(",")}]`;
  if (isTable(item))
    return `{${Object.entries(item)
      .map(([k, i]) => `${JSON.stringify(k)}=${literal(i)}`)
      .join(",")}}`;
  if (typeof item === "string") return JSON.stringify(item).replaceAll("\u007F", "\\u007F");
  return typeof item === "number" ? formatValue(item) : String(item);
}

const edits: fc.Arbitrary<TomlEdit> = fc.record({
  path: fc.array(fc.oneof(key, fc.constantFrom("t", "u", "v w")), { minLength: 1, maxLength: 3 }),
  value: fc.oneof(value, flat, fc.constant(undefined)),
});

const flatten = (table: ConfigTable, path: readonly string[]) =>
  [...leaves(table)]
    .filter(([leaf]) => !path.every((part, index) => leaf[index] === part))
    .map(([leaf, item]) => [leaf, item]);

test("any edit keeps every comment and every other value", () => {
  let changed = 0;
  fc.assert(
    fc.property(documents, edits, ({ text, comments }, { path, value }) => {
      const edited = editToml(text, [{ path, value }]);
      const before = parse(text) as ConfigTable;
      if (!edited.ok) return void expect(edited.error).toEndWith("not a table");
      changed++;
      const after = parse(edited.value) as ConfigTable;
      expect(flatten(after, path)).toEqual(expect.arrayContaining(flatten(before, path)));
      expect(flatten(after, path).length).toBe(flatten(before, path).length);
      for (let n = 1; n <= comments; n++) expect(edited.value).toContain(`# note ${n}`);
      if (text.includes("\r\n")) expect(edited.value.replaceAll("\r\n", "")).not.toContain("\n");
      if (value !== undefined) expect(mergeTables(after, nest(path, value) as ConfigTable)).toEqual(after);
    }),
    { numRuns: 500 },
  );
  expect(changed).toBeGreaterThan(300);
});
