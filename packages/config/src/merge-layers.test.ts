import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { isTable, valueAt, type ConfigTable, type ConfigValue } from "./config-value.ts";
import { leaves, mergeLayers, mergeTables, origins } from "./merge-layers.ts";

const { table } = fc.letrec<{ table: ConfigTable; value: ConfigValue }>((tie) => ({
  table: fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__", "toString"), tie("value"), { maxKeys: 4 }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.integer(),
    fc.array(fc.integer(), { maxLength: 2 }),
    tie("table"),
  ),
}));
const stack = fc.array(table, { minLength: 1, maxLength: 5 });

test("tables merge, scalars and arrays replace", () => {
  expect(mergeTables({ t: { a: 1, l: [1, 2] }, x: 1 }, { t: { l: [3], b: 2 }, x: { y: 1 } })).toEqual({
    t: { a: 1, l: [3], b: 2 },
    x: { y: 1 },
  });
});

test("a key named __proto__ stays a key", () => {
  const merged = mergeTables({}, JSON.parse('{"__proto__": {"polluted": 1}}'));
  expect([Object.keys(merged), "polluted" in merged]).toEqual([["__proto__"], false]);
});

test("every leaf of the highest layer holds", () => {
  fc.assert(
    fc.property(stack, (tables) => {
      const merged = mergeLayers(tables);
      for (const [path, value] of leaves(tables.at(-1) ?? {})) expect(valueAt(merged, path)).toEqual(value);
    }),
  );
});

test("a leaf comes from the layer its origin names, and no higher layer speaks of it", () => {
  fc.assert(
    fc.property(stack, (tables) => {
      const layers = tables.map((table, index) => ({ table, index }));
      const merged = mergeLayers(tables);
      const found = origins(layers);
      for (const [path, value] of leaves(merged)) {
        if (path.some((key) => key.includes("."))) continue;
        const origin = found.get(path.join("."));
        expect(valueAt(origin?.table ?? {}, path)).toEqual(value);
        const higher = layers.slice((origin?.index ?? 0) + 1);
        expect(higher.filter((layer) => valueAt(layer.table, path) !== undefined)).toEqual([]);
      }
    }),
  );
});

test("merging is associative and leaves its inputs alone", () => {
  fc.assert(
    fc.property(table, table, table, (a, b, c) => {
      const before = JSON.stringify([a, b, c]);
      const whole = mergeLayers([a, b, c]);
      expect(JSON.stringify([a, b, c])).toBe(before);
      // Only where no layer in the middle turns a table into a plain value, which hides the ones below from the right-hand grouping.
      if (sameShapes(a, b) && sameShapes(b, c) && sameShapes(a, c))
        expect(mergeTables(a, mergeTables(b, c))).toEqual(whole);
    }),
  );
});

const sameShapes = (a: ConfigTable, b: ConfigTable): boolean =>
  Object.keys(a).every((key) => {
    const [x, y] = [valueAt(a, [key]), valueAt(b, [key])];
    if (x === undefined || y === undefined) return true;
    return isTable(x) && isTable(y) ? sameShapes(x, y) : isTable(x) === isTable(y);
  });
