import { expect, test } from "bun:test";
import fc from "fast-check";
import { copyStringField } from "./copy-string-field.ts";

const found = (text: string, name = "token", room = 100): string => {
  const to = new Uint8Array(room);
  return Buffer.from(to.subarray(0, copyStringField(Buffer.from(text), name, to))).toString();
};

test("only the object's own field is taken, wherever it stands", () => {
  expect(found('{"a":{"token":"inner"},"b":["token",{"token":"x"}],"c":"\\"token\\":\\"y\\"", "token" : "mine"}')).toBe(
    "mine",
  );
});

test.each([
  ["no such field", '{"other":"x"}'],
  ["a number", '{"token":7}'],
  ["an escape", '{"token":"a\\nb"}'],
  ["no end", '{"token":"abc'],
  ["a value of that name", '{"a":"token"}'],
  ["nothing", ""],
])("%s gives nothing", (_, text) => {
  expect(found(text)).toBe("");
});

test("what does not fit gives nothing", () => {
  expect(found('{"token":"12345"}', "token", 4)).toBe("");
});

test("it finds what a parser finds", () => {
  const token = fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/);
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), token, fc.boolean(), (fields, value, first) => {
      const { token: _, ...others } = fields;
      const object = first ? { token: value, ...others } : { ...others, token: value };
      expect(found(JSON.stringify(object))).toBe(value);
    }),
  );
});
