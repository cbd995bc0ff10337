import { expect, test } from "bun:test";
import { isMethod } from "./methods.ts";

test("names of JavaScript's own are no methods", () => {
  expect(["constructor", "toString", "__proto__", "", "thread"].filter(isMethod)).toEqual([]);
});
