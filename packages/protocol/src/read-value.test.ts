import { Type as T } from "@sinclair/typebox";
import { expect, test } from "bun:test";
import { Params as TurnStart } from "./methods/turn-start.ts";
import { schemas, type Method } from "./methods.ts";
import { describeProblem, readValue } from "./read-value.ts";
import { Defaulted, Lenient, Nullable, NoParams, Words } from "./schema.ts";
import { SandboxPolicy } from "./thread.ts";

test("absent fields are filled in, deep inside, and unknown ones stay", () => {
  const input = [{ type: "text", text: "hi" }];
  const sandboxPolicy = { type: "workspaceWrite", writableRoots: ["/w"], newer: 1 };
  expect(readValue(TurnStart, { threadId: "t", input, sandboxPolicy, newer: { than: "us" } })).toEqual({
    ok: true,
    value: {
      threadId: "t",
      input: [{ type: "text", text: "hi", text_elements: [] }],
      sandboxPolicy: {
        type: "workspaceWrite",
        writableRoots: ["/w"],
        newer: 1,
        networkAccess: false,
        excludeTmpdirEnvVar: false,
        excludeSlashTmp: false,
      },
      newer: { than: "us" },
    },
  });
});

test("what is filled in is a value of its own", () => {
  const schema = T.Object({ list: Defaulted(T.Array(T.String()), []), none: Nullable(T.String()) });
  const [first, second] = [readValue(schema, {}), readValue(schema, {})];
  if (!first.ok || !second.ok) throw new Error("unreachable: nothing is required");
  (first.value as { list: string[] }).list.push("x");
  expect(second.value).toEqual({ list: [], none: null });
});

test("the value that was given is not changed", () => {
  const given = Object.freeze({ type: "readOnly" });
  expect(readValue(SandboxPolicy, given)).toEqual({ ok: true, value: { type: "readOnly", networkAccess: false } });
});

test("null where it stands for absent goes away", () => {
  expect(readValue(T.Object({ a: Lenient(T.String()) }), { a: null, b: 1 })).toEqual({ ok: true, value: { b: 1 } });
});

test("names of JavaScript's own are neither fields nor words nor keys", () => {
  const keyed = T.Union([Words(["a"]), T.Object({ b: T.Object({}) }, { additionalProperties: false })]);
  const names = ["constructor", "toString", "__proto__"];
  for (const name of names) {
    expect(describeProblem(keyed, name)).toStartWith(`unknown variant \`${name}\``);
    expect(describeProblem(keyed, JSON.parse(`{"${name}":{}}`))).toStartWith(`unknown variant \`${name}\``);
    expect(describeProblem(T.Object({ a: T.String() }), JSON.parse(`{"a":"x","${name}":1}`))).toBeUndefined();
  }
});

test("a method without params takes none, null or an empty object", () => {
  expect([undefined, null, {}].map((params) => describeProblem(NoParams, params))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(describeProblem(NoParams, { a: 1 })).toBe("invalid type: map, expected unit");
});

test.each(Object.keys(schemas) as Method[])("%s says of any value what is wrong with it", async (method) => {
  const { Params, Result } = await schemas[method]();
  for (const value of [5, "x", true, [5], { threadId: 5 }]) {
    for (const schema of [Params, Result]) expect(describeProblem(schema, value) ?? "").not.toMatch(/undefined|\n/);
  }
  expect(describeProblem(Params, 5)).toBeString();
});
