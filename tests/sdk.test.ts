// The library against the built program: in Bun from its sources, and in plain Node as it is built.
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { binaryPath, prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import { model, workspace } from "../packages/scripted-model/src/testing.ts";
import * as sdk from "../packages/sdk/src/sdk.ts";
import { codexOf, playOnNode, scenarios } from "./sdk-scenarios.ts";

describe("in Bun", () => {
  test.each(Object.entries(scenarios))("%s", (_name, play) => play(sdk));
});

test("in plain Node, as built", () => playOnNode(join(import.meta.dir, "..", "packages", "sdk", "dist", "sdk.js")));

test("a thread goes on by its name", async () => {
  await using server = await model.plays([model.says("One."), model.says("Two.")]);
  await using ws = await workspace();
  const codex = await codexOf(sdk, server, ws);
  const thread = codex.startThread({ workingDirectory: ws.path });
  await thread.run("first");
  const named = { id: thread.id, thread_name: "my-thread", updated_at: new Date().toISOString() };
  await Bun.write(join(ws.codexHome, "session_index.jsonl"), `${JSON.stringify(named)}\n`);

  const resumed = codex.resumeThread("my-thread", { workingDirectory: ws.path });
  expect((await resumed.run("second")).finalResponse).toBe("Two.");

  expect(resumed.id).toBe(thread.id);
  expect(server.requests[1]?.texts("assistant")).toEqual(["One."]);
});

test("a thread runs one turn at a time", async () => {
  const gate = model.gate();
  await using server = await model.plays([[model.waits(gate), model.says("One.")], model.says("Two.")]);
  await using ws = await workspace();
  const thread = (await codexOf(sdk, server, ws)).startThread({ workingDirectory: ws.path });

  const first = thread.run("first");
  expect(thread.run("too soon")).rejects.toMatchObject({ code: "busy" });
  gate.open();
  await first;

  expect((await thread.run("second")).finalResponse).toBe("Two.");
});

test("settings reach the program as they were written", async () => {
  await using server = await model.plays([model.says("Done.")]);
  await using ws = await workspace();
  const { env } = await prepareLaunch({ server, ws, config: 'model_provider = "nobody"' });
  const codex = new sdk.Codex({
    codexPathOverride: binaryPath(),
    env: { ...env, MOCK_KEY: "" },
    config: {
      model_provider: "second",
      model_providers: {
        second: {
          name: 'a "quoted" name',
          base_url: server.url,
          env_key: "SECOND_KEY",
          http_headers: { "x.y": "yes" },
        },
      },
    },
    configOverrides: ['model_providers.second.env_key="MOCK_KEY"', 'model_providers.second.env_key="TERM"'],
  });

  const turn = await codex.startThread({ workingDirectory: ws.path }).run("go");

  expect(turn.finalResponse).toBe("Done.");
  expect(server.requests[0]?.headers).toMatchObject({ authorization: "Bearer dumb", "x.y": "yes" });
});
