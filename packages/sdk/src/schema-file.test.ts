import { expect, test } from "bun:test";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { writeSchemaFile } from "./schema-file.ts";

test("a schema is on disk for this user alone, until it is removed", async () => {
  const file = await writeSchemaFile({ type: "object" });
  const path = file?.path ?? "";
  expect(await Bun.file(path).json()).toEqual({ type: "object" });
  expect([statSync(path).mode & 0o077, statSync(dirname(path)).mode & 0o077]).toEqual([0, 0]);
  await file?.remove();
  expect(existsSync(dirname(path))).toBe(false);
});

test("no schema is no file, and what is no object is refused", async () => {
  expect(await writeSchemaFile(undefined)).toBeUndefined();
  for (const wrong of [null, "{}", [{}]])
    expect(writeSchemaFile(wrong)).rejects.toThrow("outputSchema must be a JSON Schema written as an object.");
});
