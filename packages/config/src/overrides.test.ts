import { expect, test } from "bun:test";
import { parseFlags, parseOverride } from "./overrides.ts";

const parsed = (text: string) => {
  const override = parseOverride(text);
  return override.ok ? override.value : override.error.message;
};

test.each([
  ["model=gpt-5", { model: "gpt-5" }],
  ['model="gpt-5"', { model: "gpt-5" }],
  ["model='a'b'", { model: "a'b" }],
  ["a.b.c=1", { a: { b: { c: 1 } } }],
  ['projects."/x.y".trust_level=trusted', { projects: { "/x.y": { trust_level: "trusted" } } }],
  ['p={name="z", n=[1, 2]}', { p: { name: "z", n: [1, 2] } }],
  ["a=b=c", { a: "b=c" }],
  ["a = true", { a: true }],
  ["a=", { a: "" }],
  // A line break must not smuggle in a second key.
  ["a=1\nb=2", { a: "1\nb=2" }],
  ["foo", "Error parsing -c overrides: Invalid override (missing '='): foo"],
  ["=1", "Error parsing -c overrides: Empty key in override: =1"],
  ["a..b=1", "Error parsing -c overrides: Empty key in override: a..b=1"],
])("%s", (text, expected) => {
  expect(parsed(text)).toEqual(expected);
});

test("later flags win, features join the same layer", () => {
  const flags = parseFlags({
    overrides: ["model=a", "model=b", "features.goals=true"],
    enable: ["hooks"],
    disable: ["goals"],
  });
  expect(flags).toEqual({ ok: true, value: { model: "b", features: { goals: false, hooks: true } } });
});
