import { expect, test } from "bun:test";
import { within } from "./within.ts";

test("gives the value that comes in time, and the sentence for one that does not", async () => {
  expect(await within(10_000, Promise.resolve(1), "late")).toBe(1);
  await expect(within(1, new Promise(() => undefined), "Nothing came.")).rejects.toThrow("Nothing came.");
});
