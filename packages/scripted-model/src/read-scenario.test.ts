import { expect, test } from "bun:test";
import { join } from "node:path";
import { checkScenario, readScenario } from "./read-scenario.ts";
import { serve } from "./serve.ts";
import { workspace } from "./workspace.ts";

const example = join(import.meta.dir, "..", "scenarios", "look-and-answer.yaml");

test("a YAML scenario is read with its options", async () => {
  expect(await readScenario(example)).toEqual({
    name: "look and answer",
    repeat: true,
    steps: [
      [{ thinks: "**Looking at the files**" }, { exec: "ls" }],
      [{ says: "The listing is above.", deltas: 4 }, { usage: { input: 1200, cached: 800, output: 40 } }],
    ],
  });
});

test("a module may hold functions", async () => {
  const source = "export const steps = [({ index }) => ({ says: `request ${index}` })];\n";
  await using ws = await workspace({ "scenario.ts": source }, { git: false });
  await using server = await serve([join(ws.path, "scenario.ts")]);
  const body = JSON.stringify({ model: "m", stream: true, input: [] });
  expect(await (await fetch(`${server.url}/responses`, { method: "POST", body })).text()).toContain("request 0");
});

test("a wrong scenario is refused with its place", () => {
  expect(() => checkScenario("hello", "a.yaml")).toThrow("a.yaml is no scenario: it must hold `steps`.");
  expect(() => checkScenario({ steps: [] }, "a.yaml")).toThrow("a.yaml has no steps.");
  expect(() => checkScenario({ steps: [{ says: "a" }, [{ sais: "b" }]] }, "a.yaml")).toThrow(
    'a.yaml, step 2: {"sais":"b"} begins with none of says, thinks,',
  );
});

test("the command refuses arguments that make no sense", async () => {
  await expect(serve([])).rejects.toThrow("Name one scenario file");
  await expect(serve(["/nowhere.yaml"])).rejects.toThrow("There is no scenario /nowhere.yaml.");
  await expect(serve([example, "--port", "many"])).rejects.toThrow("--port many is no port.");
});
