import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { workspace } from "../../packages/scripted-model/src/workspace.ts";
import { stdioServer } from "../support/app-server-process.ts";

const replace = (keyPath: string, value: unknown) => ({ keyPath, value, mergeStrategy: "replace" });

test("a client's write keeps the comments of config.toml, and holds for what is read next", async () => {
  await using ws = await workspace();
  await using server = await stdioServer({ ws, config: '# mine\nmodel_verbosity = "low" # terse\n' });
  await server.hello();
  const written = await server.must("config/value/write", replace("model_reasoning_effort", "high"));
  const file = await Bun.file(join(ws.codexHome, "config.toml")).text();
  expect(file).toContain('# mine\nmodel_verbosity = "low" # terse\n');
  const read = await server.must("config/read", { includeLayers: true });
  expect(read).toMatchObject({
    config: { model_reasoning_effort: "high", model_verbosity: "low" },
    origins: { model_reasoning_effort: { version: written["version"] } },
  });
});

test("of two writers that read the same state, the second is refused and nothing of its edits is written", async () => {
  await using ws = await workspace();
  await using server = await stdioServer({ ws });
  await server.hello();
  const { layers } = await server.must("config/read", { includeLayers: true });
  const expectedVersion = (layers as { version: string }[])[0]?.version;
  const write = (effort: string) =>
    server.ask("config/batchWrite", { edits: [replace("model_reasoning_effort", effort)], expectedVersion });
  const [first, second] = [await write("low"), await write("high")];
  expect(first).toMatchObject({ result: { status: "ok" } });
  expect(second).toMatchObject({ error: { data: { config_write_error_code: "configVersionConflict" } } });
  expect(await server.must("config/read", {})).toMatchObject({ config: { model_reasoning_effort: "low" } });
});

test("a write that a stronger source hides says so, and one of an unknown key is told", async () => {
  await using ws = await workspace();
  await using server = await stdioServer({ ws, args: ["-c", 'model_reasoning_effort="low"'] });
  await server.hello();
  expect(await server.must("config/value/write", replace("model_reasoning_effort", "high"))).toMatchObject({
    status: "okOverridden",
    overriddenMetadata: { overridingLayer: { name: { type: "sessionFlags" } }, effectiveValue: "low" },
  });
  await server.must("config/value/write", replace("no_such_key", 1));
  await server.untilMethod("configWarning", ({ summary }) => String(summary).includes("no_such_key"));
});

test("feedback is saved where the person finds it, with the session if they let logs in, and sent nowhere", async () => {
  await using ws = await workspace();
  await using server = await stdioServer({ ws });
  await server.hello();
  await server.must("feedback/upload", { classification: "bug", reason: "it hangs", includeLogs: false });
  const warning = await server.untilMethod("warning", ({ message }) => String(message).includes("feedback"));
  const [file] = await readdir(join(ws.codexHome, "feedback"));
  expect(JSON.stringify(warning)).toContain(String(file));
  const bytes = await Bun.file(join(ws.codexHome, "feedback", String(file))).bytes();
  expect(Buffer.from(bytes).subarray(0, 2).toString()).toBe("PK");
});
