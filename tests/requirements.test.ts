import { expect, test } from "bun:test";
import { join } from "node:path";
import { requirements } from "./requirements.ts";

const root = join(import.meta.dir, "..");

test.each(requirements.map(({ says, heldBy }) => [says, heldBy] as const))("%s", async (_, heldBy) => {
  expect(Object.keys(heldBy)).not.toBeEmpty();
  for (const [file, names] of Object.entries(heldBy)) {
    const text = await Bun.file(join(root, file)).text();
    expect(text).toMatch(/\b(test|it)(\.\w+)*\(/);
    for (const name of names) expect(text).toContain(name);
  }
});
