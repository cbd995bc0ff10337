import { expect, test } from "bun:test";
import { errors, fail, type ErrorCode } from "./errors.ts";

test("an error is its code and its sentence", () => {
  expect(fail("otherTurnActive", "a", "b")).toEqual({
    code: "otherTurnActive",
    message: "expected active turn id a but found b",
  });
  expect(fail("missingEnvironmentVariable", "KEY", "")).toMatchObject({
    message: "Missing environment variable: `KEY`.",
  });
});

test.each(Object.keys(errors) as ErrorCode[])("%s names all it is given, and has codes that clients know", (code) => {
  const { rpc, exit, text } = errors[code];
  const given = Array.from({ length: text.length }, (_, index) => `<${index}>`);
  const sentence = (text as (...args: string[]) => string)(...given);
  for (const each of given) expect(sentence).toContain(each);
  expect(sentence).not.toMatch(/undefined|\n/);
  // The last two: codes of its own that clients of the executor know.
  expect([-32600, -32601, -32602, -32603, -32700, -32004, -32010]).toContain(rpc);
  expect([1, 2]).toContain(exit);
});
