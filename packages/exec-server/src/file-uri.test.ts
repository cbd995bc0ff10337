import { expect, test } from "bun:test";
import fc from "fast-check";
import { pathOf, uriOf } from "./file-uri.ts";

test("every path comes back from its URI", () => {
  const name = fc
    .string({ minLength: 1, unit: "grapheme" })
    .filter((text) => !/[/\0]/.test(text) && !/^\.{1,2}$/.test(text));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 5 }), (names) => {
      const path = `/${names.join("/")}`;
      expect(pathOf(uriOf(path))).toEqual({ ok: true, value: path });
    }),
  );
});

test.each([
  ["/tmp", "invalidParams"],
  ["", "invalidParams"],
  ["http://x/y", "invalidParams"],
  ["file:///tmp?x", "invalidParams"],
  ["file:///tmp#x", "invalidParams"],
  ["file:///a%00b", "invalidParams"],
  ["file:///a%2Fb", "invalidParams"],
  ["file://host/x", "refusedParams"],
])("%p is refused", (uri, code) => {
  const path = pathOf(uri);
  expect(path.ok ? "taken" : path.error.code).toBe(code as string);
});

test("what a URI may say in other ways means the same", () => {
  for (const uri of ["file:/tmp/x", "FILE:///tmp/x", "file://localhost/tmp/x", "file:///tmp/y/../x/"]) {
    expect(pathOf(uri)).toEqual({ ok: true, value: "/tmp/x" });
  }
});
