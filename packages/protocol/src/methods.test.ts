import { Value } from "@sinclair/typebox/value";
import { expect, test } from "bun:test";
import { isMethod, schemas, type Method } from "./methods.ts";

test("names of JavaScript's own are no methods", () => {
  expect(["constructor", "toString", "__proto__", "", "thread"].filter(isMethod)).toEqual([]);
});

/** The least a client may send. */
const least: Record<Method, unknown> = {
  initialize: { clientInfo: { name: "n", version: "1" } },
  "thread/start": {},
  "thread/resume": { threadId: "t" },
  "thread/fork": { threadId: "t" },
  "thread/read": { threadId: "t" },
  "thread/list": {},
  "thread/name/set": { threadId: "t", name: "n" },
  "turn/start": { threadId: "t", input: [{ type: "text", text: "hi" }] },
  "turn/interrupt": { threadId: "t", turnId: "u" },
};

test.each(Object.keys(schemas) as Method[])(
  "%s takes its least params, with whatever a newer client adds",
  async (method) => {
    const { Params } = await schemas[method]();
    const params = least[method] as object;
    expect(Value.Check(Params, params)).toBe(true);
    expect(Value.Check(Params, { ...params, newer: { than: "us" } })).toBe(true);
    for (const key of Object.keys(params)) {
      const { [key]: _, ...rest } = params as Record<string, unknown>;
      expect(Value.Check(Params, rest)).toBe(false);
      expect(Value.Check(Params, { ...rest, [key]: 5 })).toBe(false);
    }
  },
);
