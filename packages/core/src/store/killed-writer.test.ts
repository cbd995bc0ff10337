import { expect, test } from "bun:test";
import { join } from "node:path";
import { newId } from "@codex/platform/ids";
import { said, temporaryHome, valueOf } from "./testing.ts";
import { openThreadStore } from "./thread-store.ts";

test.each([1, 200, 1500, 4000])("kill -9 after %d shown records loses none of them", async (least) => {
  using home = temporaryHome();
  const id = newId();
  const script = join(import.meta.dir, "append-forever.test-support.ts");
  const child = Bun.spawn([process.execPath, script, home.path, id], { stdout: "pipe", stderr: "inherit" });
  let shown = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    shown += decoder.decode(chunk, { stream: true });
    if (shown.split("\n").length > least) child.kill("SIGKILL");
  }
  await child.exited;
  const last = Number(shown.trimEnd().split("\n").at(-1));
  expect(last).toBeGreaterThanOrEqual(least - 1);

  const store = openThreadStore({ codexHome: home.path, clock: Date });
  const { log, thread } = valueOf(store.resume(id));
  const stored = thread.history.length;
  expect(stored).toBeGreaterThan(last);
  const texts = Array.from({ length: stored }, (_, n) => said(`${n} ${"x".repeat(n % 3000)}`));
  expect(thread.history).toEqual(texts);
  valueOf(log.append({ type: "responseItem", item: said("after") }));
  log.close();
  const again = valueOf(store.read(id));
  expect(again.history).toEqual([...texts, said("after")]);
  expect(again.end.ordinal).toBe(stored + 2);
});
