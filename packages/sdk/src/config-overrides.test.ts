import { expect, test } from "bun:test";
import fc from "fast-check";
import { configOverrides } from "./config-overrides.ts";
import type { CodexConfigObject, CodexConfigValue } from "./options.ts";

test("tables become paths, a table with odd keys one value", () => {
  const config = {
    model: "m",
    sandbox_workspace_write: { network_access: true, writable_roots: ["/a", "/b"] },
    projects: { "/x.y": { trust_level: "trusted" } },
    features: {},
  };
  expect(configOverrides(config)).toEqual([
    'model="m"',
    "sandbox_workspace_write.network_access=true",
    'sandbox_workspace_write.writable_roots=["/a", "/b"]',
    'projects={ "/x.y" = { trust_level = "trusted" } }',
    "features={}",
  ]);
});

test("every value reads back as TOML", () => {
  const text = fc.string({ unit: "grapheme" });
  const { value } = fc.letrec<{ value: CodexConfigValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.boolean(),
      fc.integer(),
      // -0 is 0 in TOML's integers
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(text, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (written) => {
      // In an array, so that a table stays one value.
      const [override = ""] = configOverrides({ key: [written] });
      const read = Bun.TOML.parse(override) as CodexConfigObject;
      expect(read["key"]).toEqual([written]);
    }),
  );
});

test.each([
  [{ a: { b: Number.NaN } }, "config.a.b must be a finite number."],
  [{ a: [new Date(0)] }, "config.a[0] must be a string, number, boolean, array or object."],
  [{ a: null }, "config.a must be a string, number, boolean, array or object."],
])("what TOML cannot say is named: %j", (config, message) => {
  expect(() => configOverrides(config as unknown as CodexConfigObject)).toThrow(message);
});
