// The turn loop against a scripted model: what it sends, what it runs, and when it ends.
import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import type { CapturedRequest } from "../packages/scripted-model/src/captured-request.ts";
import type { ServeOptions } from "../packages/scripted-model/src/serve-script.ts";
import type { Script } from "../packages/scripted-model/src/script.ts";
import type { Workspace } from "../packages/scripted-model/src/workspace.ts";
import { startServer, type TestClient } from "./support/in-process.ts";
import { openItems, story } from "./support/story.ts";

type Scene = { ws: Workspace; client: TestClient; threadId: string; requests: CapturedRequest[] };

/** Runs `play` in a thread of its own, with everything cleared away afterwards. */
async function inThread(
  steps: Script,
  play: (scene: Scene) => Promise<void>,
  options: ServeOptions & { config?: string } = {},
) {
  await using ws = await workspace({ "a.txt": "hi\n" });
  await using server = await model.plays(steps, options);
  await using codex = await startServer({
    server,
    ws,
    ...(options.config === undefined ? {} : { config: options.config }),
  });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", { approvalPolicy: "never" });
  await play({ ws, client, threadId: thread.id, requests: server.requests });
}

const done = model.says("Done.");
const callIds = (request: CapturedRequest | undefined, kind: RegExp) =>
  (request?.input() ?? []).filter((item) => kind.test(String(item["type"]))).map((item) => item["call_id"]);

test("a tool starts before the response has ended", async () => {
  const hold = model.gate();
  await inThread(
    [[model.exec("echo early > early.txt"), model.waits(hold)], done],
    async ({ ws, client, threadId }) => {
      const turn = client.turn(threadId, "go");
      await client.until("item/completed", ({ item }) => item.type === "commandExecution");
      expect(await ws.read("early.txt")).toBe("early\n");
      expect(client.all("thread/tokenUsage/updated")).toEqual([]);
      hold.open();
      expect((await turn).status).toBe("completed");
    },
  );
});

test("calls of one response run side by side, and their outputs stand in the order of the calls", async () => {
  // Each waits for the other: one after the other they would never end.
  const meet = (mine: string, other: string) =>
    `touch ${mine}; until [ -e ${other} ]; do sleep 0.01; done; echo ${mine}`;
  const steps = [
    [
      model.exec(`${meet("one", "two")}; until [ -e three ]; do sleep 0.01; done`),
      model.exec(meet("two", "one")),
      model.exec("touch three"),
    ],
    done,
  ];
  await inThread(steps, async ({ client, threadId, requests }) => {
    await client.turn(threadId, "go");
    expect(callIds(requests[1], /_call$/)).toEqual(["call_1", "call_2", "call_3"]);
    expect(callIds(requests[1], /_output$/)).toEqual(["call_1", "call_2", "call_3"]);
    expect(requests[1]?.outputs().map((text) => text.split("Output:\n")[1])).toEqual(["one\n", "two\n", ""]);
  });
});

test("the history is the same whichever tool ends first", async () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ];
  const histories: unknown[] = [];
  for (const order of orders) {
    const calls = [0, 1, 2].map((index) => model.exec(`until [ -e go${index} ]; do sleep 0.01; done; echo ${index}`));
    await inThread([calls, done], async ({ ws, client, threadId, requests }) => {
      const turn = client.turn(threadId, "go");
      for (const [count, index] of order.entries()) {
        await client.until("item/started", ({ item }) => item.id === `call_${index + 1}`);
        await ws.write(`go${index}`, "");
        await client.until("item/completed", ({ item }) => item.id === `call_${index + 1}`);
        const ended = client.all("item/completed").filter(({ item }) => item.type === "commandExecution");
        expect(ended).toHaveLength(count + 1);
      }
      await turn;
      histories.push([
        requests[1]?.inputKinds(),
        callIds(requests[1], /_output$/),
        requests[1]?.outputs().map((text) => text.split("Output:\n")[1]),
      ]);
    });
  }
  expect(histories[1]).toEqual(histories[0]);
  expect(histories[2]).toEqual(histories[0]);
});

test("a patch runs alone: after the commands before it and before those after it", async () => {
  const patch = "*** Begin Patch\n*** Update File: a.txt\n@@\n-hi\n+patched\n*** End Patch\n";
  const steps = [[model.exec("sleep 0.2; cat a.txt"), model.patch(patch), model.exec("cat a.txt")], done];
  await inThread(steps, async ({ client, threadId, requests }) => {
    await client.turn(threadId, "go");
    const outputs = requests[1]?.outputs().map((text) => text.split("Output:\n")[1]);
    expect(outputs).toEqual(["hi\n", "Success. Updated the following files:\nM a.txt\n", "patched\n"]);
  });
});

test("a call whose stream breaks is run once, and the retry knows its output", async () => {
  const steps = [[model.says("I run it."), model.exec("echo ran >> log; cat log"), model.ends("eof")], done];
  await inThread(steps, async ({ ws, client, threadId, requests }) => {
    expect((await client.turn(threadId, "go")).status).toBe("completed");
    expect(await ws.read("log")).toBe("ran\n");
    expect(requests[1]?.inputKinds().slice(-3)).toEqual(["assistant", "function_call", "function_call_output"]);
    expect(requests[1]?.lastOutput()).toEndWith("Output:\nran\n");
    expect(story(client.heard)).toContain("error will retry");
    expect(openItems(client.heard)).toEqual([]);
  });
});

test("whatever the model gets wrong is told to the model", async () => {
  const steps = [
    [
      model.call("nope"),
      model.call("shell", { command: ["ls"] }),
      model.custom("no_freeform", "x"),
      model.callRaw("exec_command", '{"cmd":'),
      model.callRaw("exec_command", "[1]"),
      model.call("exec_command", { workdir: "." }),
      model.call("exec_command", { cmd: 5 }),
      model.call("exec_command", { cmd: "echo null is absent", tty: null, workdir: null, justification: null }),
    ],
    done,
  ];
  await inThread(steps, async ({ client, threadId, requests }) => {
    expect((await client.turn(threadId, "go")).status).toBe("completed");
    expect(requests[1]?.outputs()).toEqual([
      "unsupported call: nope",
      "unsupported call: shell; use exec_command",
      "unsupported custom tool call: no_freeform",
      "failed to parse function arguments: EOF while parsing a value at line 1 column 7",
      expect.stringMatching(/^failed to parse function arguments: .*object/),
      "failed to parse function arguments: missing field `cmd` at line 1 column 15",
      "failed to parse function arguments: expected string at cmd, got 5",
      expect.stringContaining("null is absent"),
    ]);
  });
});

test("a model that makes one call for ever is stopped", async () => {
  await inThread(
    [model.exec("true")],
    async ({ client, threadId, requests }) => {
      const turn = await client.turn(threadId, "go");
      expect(turn).toMatchObject({
        status: "failed",
        error: { message: expect.stringContaining("200 times in a row") },
      });
      expect(requests).toHaveLength(200);
    },
    { repeat: true, check: false },
  );
}, 30_000);

test("end_turn false asks for another request without any call", async () => {
  await inThread([[model.says("Wait."), model.endTurn(false)], done], async ({ client, threadId, requests }) => {
    expect((await client.turn(threadId, "go")).items).toMatchObject([{ text: "Done." }]);
    expect(requests[1]?.texts("assistant")).toEqual(["Wait."]);
  });
});

test("a response that tells no usage counts as nothing and is not told as zero", async () => {
  await inThread(
    [
      [model.exec("true"), model.usage(null)],
      [model.says("Done."), model.usage({ input: 7, output: 2 })],
    ],
    async ({ client, threadId }) => {
      await client.turn(threadId, "go");
      expect(client.all("thread/tokenUsage/updated").map(({ tokenUsage }) => tokenUsage.total.totalTokens)).toEqual([
        9,
      ]);
    },
  );
});

test("a refusal is shown as the words it is made of", async () => {
  const refusal = {
    type: "message",
    id: "msg_no",
    role: "assistant",
    content: [{ type: "refusal", refusal: "I will not." }],
  };
  await inThread([model.item(refusal), done], async ({ client, threadId, requests }) => {
    expect((await client.turn(threadId, "go")).items).toMatchObject([{ text: "I will not." }]);
    await client.turn(threadId, "why?");
    expect(requests[1]?.input()).toContainEqual(refusal);
  });
});

test("what the model put out goes back to it: reasoning with its cipher, and items of unknown types", async () => {
  const novelty = { type: "novelty", id: "nov_1", payload: { deep: [1, null] } };
  const steps = [[model.thinks("Hm", { encrypted: "cipher" }), model.item(novelty), model.exec("true")], done];
  await inThread(steps, async ({ client, threadId, requests }) => {
    await client.turn(threadId, "go");
    expect(requests[1]?.inputKinds().slice(-4)).toEqual([
      "reasoning",
      "novelty",
      "function_call",
      "function_call_output",
    ]);
    expect(requests[1]?.input()).toContainEqual(novelty);
    expect(requests[1]?.input()).toContainEqual({
      type: "reasoning",
      id: "rs_1",
      summary: [{ type: "summary_text", text: "Hm" }],
      encrypted_content: "cipher",
    });
  });
});

test("an output schema holds for its turn only", async () => {
  const schema = {
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
    additionalProperties: false,
  };
  await inThread([model.says('{"a":"b"}'), done], async ({ client, threadId, requests }) => {
    await client.turn(threadId, "go", { outputSchema: schema });
    await client.turn(threadId, "on");
    expect(requests[0]?.body["text"]).toMatchObject({
      format: { type: "json_schema", strict: true, schema, name: "codex_output_schema" },
    });
    expect(requests[1]?.body["text"]).not.toHaveProperty("format");
  });
});

test("the server's turn state is sent back within the turn and not after it", async () => {
  const state = (request: CapturedRequest | undefined) => request?.headers["x-codex-turn-state"];
  const steps = [[model.headers({ "x-codex-turn-state": "sticky" }), model.exec("true")], done, done];
  await inThread(steps, async ({ client, threadId, requests }) => {
    await client.turn(threadId, "go");
    await client.turn(threadId, "on");
    expect(requests.map(state)).toEqual([undefined, "sticky", undefined]);
  });
});

test("the world is told once, and later only what has changed in it", async () => {
  await inThread([done, done, done, done], async ({ ws, client, threadId, requests }) => {
    await client.turn(threadId, "one");
    await client.turn(threadId, "two");
    await client.turn(threadId, "three", { cwd: `${ws.path}/..` });
    await client.turn(threadId, "four");
    const added = [1, 2, 3].map((index) => {
      const before = requests[index - 1]?.input().length ?? 0;
      return requests[index]?.inputKinds().slice(before);
    });
    expect(added).toEqual([
      ["assistant", "user"],
      ["assistant", "user", "user"],
      ["assistant", "user"],
    ]);
    expect(requests[2]?.texts("user").slice(-2)).toEqual([expect.stringContaining(ws.root), "three"]);
    const prefix = requests[0]?.input();
    expect(requests[3]?.input().slice(0, prefix?.length)).toEqual(prefix);
  });
});

test("a long output is cut in the middle for the model, and its count is told", async () => {
  await inThread(
    [model.exec("yes 0123456789 | head -n 10000", { max_output_tokens: 100 }), done],
    async ({ client, threadId, requests }) => {
      await client.turn(threadId, "go");
      const output = requests[1]?.lastOutput() ?? "";
      expect(output).toContain("Original token count: 27500\n");
      expect(output).toContain("tokens truncated…");
      expect(output.length).toBeLessThan(1000);
    },
  );
});

test("a command that cannot be started is a sentence to the model, and the turn goes on", async () => {
  await inThread(
    [model.call("exec_command", { cmd: "true", workdir: "no/such\u0000folder" }), done],
    async ({ client, threadId, requests }) => {
      expect((await client.turn(threadId, "go")).status).toBe("completed");
      expect(requests[1]?.lastOutput()).toMatch(/^exec_command failed: /);
      expect(openItems(client.heard)).toEqual([]);
    },
  );
});
