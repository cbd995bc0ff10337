import { Type as T } from "@sinclair/typebox";
import { expect, test } from "bun:test";
import { parseJson } from "@codex/protocol/json";
import { checkArguments } from "./check-arguments.ts";

const schema = T.Object(
  { cmd: T.String(), count: T.Optional(T.Number()), words: T.Optional(T.Array(T.String())) },
  { additionalProperties: false },
);
const check = (text: string) => checkArguments(schema, parseJson(text), text);

test("gives the arguments, an optional null as absent", () => {
  expect(check('{"cmd":"ls","count":null,"words":["a"]}')).toEqual({ ok: true, value: { cmd: "ls", words: ["a"] } });
});

const faults: [text: string, sentence: string | RegExp][] = [
  ['{"cmd":', "EOF while parsing a value at line 1 column 7"],
  ["", "EOF while parsing a value at line 1 column 0"],
  ['{"a":1,\n"b":', "EOF while parsing a value at line 2 column 4"],
  ["{cmd}", /./],
  ['{"workdir":"."}', "missing field `cmd` at line 1 column 15"],
  ['{"cmd":null}', "missing field `cmd` at line 1 column 12"],
  ['{"cmd":5}', "expected string at cmd, got 5"],
  ['{"cmd":"a","words":["b",3]}', "expected string at words.1, got 3"],
  ["[1]", "expected object, got [1]"],
  ["null", "expected object, got null"],
  ['"text"', 'expected object, got "text"'],
];
test.each(faults)("says what is wrong with %p", (text, sentence) => {
  const checked = check(text);
  if (checked.ok) throw new Error("it was taken");
  expect(checked.error).toMatch(sentence);
});

test("quotes no more of a value than a line", () => {
  const checked = check(`{"cmd":["${"x".repeat(500)}"]}`);
  expect(checked).toEqual({ ok: false, error: expect.stringMatching(/^expected string at cmd, got \["x{78}$/) });
});
