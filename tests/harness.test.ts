// The harness against the built program: that a scripted turn really runs, and that what the tests read of it is there.
import { expect, test } from "bun:test";
import { codex, model, workspace } from "@codex/scripted-model/testing";

test("a scripted turn runs a command, answers, and leaves a rollout", async () => {
  await using server = await model.plays([
    [model.thinks("**Looking**"), model.exec("cat a.txt; exit 3")],
    (request) => model.says(request.lastOutput().includes("Process exited with code 3") ? "It failed with 3." : "Odd."),
  ]);
  await using ws = await workspace({ "a.txt": "hi\n" });

  const run = await codex.exec({ server, ws, args: ["--json", "try it"] });

  expect([run.exitCode, run.items("agent_message")]).toEqual([0, [{ text: "It failed with 3." }]]);
  expect(run.items("command_execution")).toEqual([
    expect.objectContaining({ exit_code: 3, status: "failed", aggregated_output: "hi\n" }),
  ]);
  expect(server.requests[0]?.texts("user")).toContain("try it");
  expect(server.requests[1]?.inputKinds().slice(-3)).toEqual(["reasoning", "function_call", "function_call_output"]);
  expect(server.requests[1]?.outputs()).toEqual([expect.stringContaining("Output:\nhi\n")]);
  expect(await run.rollouts()).toHaveLength(1);
});

test("an interrupted run closes its connection to the model", async () => {
  await using server = await model.plays([model.ends("silence")]);
  await using ws = await workspace();
  await using running = await codex.spawn({ server, ws, args: ["--json", "wait"] });

  const request = await server.arrival(0);
  running.signal("SIGINT");

  expect(await request.closed).toBe("dropped");
  expect((await running.finish()).exitCode).not.toBe(0);
});
