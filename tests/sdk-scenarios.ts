import { expect } from "bun:test";
import { join } from "node:path";
import { binaryPath, prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import type { ScriptedServer } from "../packages/scripted-model/src/serve-script.ts";
import type { Workspace } from "../packages/scripted-model/src/workspace.ts";
import { model, workspace } from "../packages/scripted-model/src/testing.ts";
import type * as ours from "../packages/sdk/src/sdk.ts";

/** What a program imports of either library; the published one has the same names. */
export type Sdk = Pick<typeof ours, "Codex">;

/** The smallest PNG there is: one pixel. */
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/** A library that runs the built program against this model, in this workspace. */
export async function codexOf({ Codex }: Sdk, server: ScriptedServer, ws: Workspace): Promise<ours.Codex> {
  const { env } = await prepareLaunch({ server, ws });
  return new Codex({ codexPathOverride: binaryPath(), env });
}

/** What programs do with the library, by name. Each is a test with either. */
export const scenarios: Record<string, (sdk: Sdk) => Promise<void>> = {
  "run gives items, the last message and the tokens": async (sdk) => {
    await using server = await model.plays([
      [
        model.thinks("**Looking**"),
        model.exec("cat a.txt"),
        model.usage({ input: 100, cached: 40, output: 20, reasoning: 5 }),
      ],
      [model.says("It says hi."), model.usage({ input: 200, cached: 100, output: 30 })],
    ]);
    await using ws = await workspace({ "a.txt": "hi\n" });
    const thread = (await codexOf(sdk, server, ws)).startThread({ workingDirectory: ws.path });
    expect(thread.id).toBeNull();

    const turn = await thread.run("What is in a.txt?");

    expect(turn.finalResponse).toBe("It says hi.");
    expect(turn.items.map(({ type }) => type)).toEqual(["reasoning", "command_execution", "agent_message"]);
    expect(turn.items[1]).toMatchObject({ aggregated_output: "hi\n", exit_code: 0, status: "completed" });
    expect(turn.usage).toEqual({
      input_tokens: 300,
      cached_input_tokens: 140,
      cache_write_input_tokens: 0,
      output_tokens: 50,
      reasoning_output_tokens: 5,
    });
    expect(thread.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.requests[0]?.texts("user")).toContain("What is in a.txt?");
  },

  "runStreamed gives each event as it happens": async (sdk) => {
    const gate = model.gate();
    await using server = await model.plays([model.exec("true"), [model.waits(gate), model.says("Done.")]]);
    await using ws = await workspace();
    const thread = (await codexOf(sdk, server, ws)).startThread({ workingDirectory: ws.path });

    const { events } = await thread.runStreamed("go");
    const seen: string[] = [];
    for await (const event of events) {
      seen.push("item" in event ? `${event.type} ${event.item.type}` : event.type);
      // Were the events held back to the end, this would wait for itself.
      if (seen.at(-1) === "item.completed command_execution") gate.open();
    }

    expect(seen).toEqual([
      "thread.started",
      "turn.started",
      "item.started command_execution",
      "item.completed command_execution",
      "item.completed agent_message",
      "turn.completed",
    ]);
  },

  "an output schema reaches the model": async (sdk) => {
    await using server = await model.plays([model.says('{"ok":true}')]);
    await using ws = await workspace();
    const thread = (await codexOf(sdk, server, ws)).startThread({ workingDirectory: ws.path });
    const outputSchema = {
      type: "object",
      properties: { ok: { type: "boolean" } },
      required: ["ok"],
      additionalProperties: false,
    };

    const turn = await thread.run("Is it?", { outputSchema });

    expect(JSON.parse(turn.finalResponse)).toEqual({ ok: true });
    expect(server.requests[0]?.body["text"]).toMatchObject({
      format: { type: "json_schema", strict: true, schema: outputSchema },
    });
  },

  "texts and images reach the model, in a new thread and in an old one": async (sdk) => {
    await using server = await model.plays([model.says("A pixel."), model.says("Still one.")]);
    await using ws = await workspace();
    const image = join(ws.root, "pixel.png");
    await Bun.write(image, Buffer.from(png, "base64"));
    const thread = (await codexOf(sdk, server, ws)).startThread({ workingDirectory: ws.path });
    const input = (text: string): ours.UserInput[] => [
      { type: "text", text },
      { type: "local_image", path: image },
      { type: "text", text: "Say it." },
    ];

    await thread.run(input("What is it?"));
    await thread.run(input("And now?"));

    expect(server.requests[1]?.texts("user")).toEqual(
      expect.arrayContaining(["What is it?\n\nSay it.", "And now?\n\nSay it."]),
    );
    const images = (index: number) =>
      JSON.stringify(server.requests[index]?.input()).match(/"image_url":"data:image\/png;base64,/g)?.length;
    expect([images(0), images(1)]).toEqual([1, 2]);
  },

  "a thread goes on, in the same object and by its id": async (sdk) => {
    await using server = await model.plays([model.says("One."), model.says("Two."), model.says("Three.")]);
    await using ws = await workspace();
    const codex = await codexOf(sdk, server, ws);
    const options = { workingDirectory: ws.path };
    const thread = codex.startThread(options);

    await thread.run("first");
    await thread.run("second");
    const resumed = codex.resumeThread(thread.id ?? "", options);
    expect((await resumed.run("third")).finalResponse).toBe("Three.");

    expect(resumed.id).toBe(thread.id);
    expect(server.requests[2]?.texts("assistant")).toEqual(["One.", "Two."]);
    expect(server.requests[2]?.texts("user").slice(-1)).toEqual(["third"]);
  },

  "options of the thread reach the program": async (sdk) => {
    await using server = await model.plays([model.says("Done.")]);
    await using ws = await workspace();
    const extra = join(ws.root, "extra");
    await Bun.write(join(extra, "file"), "");
    const codex = await codexOf(sdk, server, ws);
    const thread = codex.startThread({
      model: "gpt-5.4",
      modelReasoningEffort: "high",
      sandboxMode: "workspace-write",
      networkAccessEnabled: true,
      approvalPolicy: "never",
      workingDirectory: ws.path,
      additionalDirectories: [extra],
    });

    await thread.run("go");

    const request = server.requests[0];
    expect(request?.body).toMatchObject({ model: "gpt-5.4", reasoning: { effort: "high" } });
    expect(request?.headers["originator"]).toBe("codex_sdk_ts");
    const context = [...(request?.texts("developer") ?? []), ...(request?.texts("user") ?? [])].join("\n");
    for (const fact of ["workspace-write", extra, ws.path]) expect(context).toContain(fact);
  },

  "an abort ends the program and its command": async (sdk) => {
    await using server = await model.plays([model.exec("echo $$ >pid; exec sleep 1000")]);
    await using ws = await workspace();
    const codex = await codexOf(sdk, server, ws);
    const thread = codex.startThread({ workingDirectory: ws.path, sandboxMode: "danger-full-access" });
    const abort = new AbortController();

    const running = thread.run("go", { signal: abort.signal });
    await fileIn(ws, "pid");
    abort.abort();

    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    await gone(Number(await ws.read("pid")));
  },

  "a failed turn is told and thrown": async (sdk) => {
    const refusal = model.status(400, { error: { message: "No such model for you.", type: "invalid_request_error" } });
    await using server = await model.plays([refusal, refusal]);
    await using ws = await workspace();
    const codex = await codexOf(sdk, server, ws);

    await expect(codex.startThread({ workingDirectory: ws.path }).run("go")).rejects.toThrow("No such model for you.");

    const { events } = await codex.startThread({ workingDirectory: ws.path }).runStreamed("go");
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of events) seen.push(event.type);
    })();
    await expect(reading).rejects.toThrow();
    expect(seen.at(-1)).toBe("turn.failed");
  },

  "a folder outside Git is refused, unless that check is skipped": async (sdk) => {
    await using server = await model.plays([model.says("Done.")]);
    await using ws = await workspace({}, { git: false });
    const codex = await codexOf(sdk, server, ws);
    const options = { workingDirectory: ws.path };

    await expect(codex.startThread(options).run("go")).rejects.toThrow(
      /exited with code 1: [^]*Not inside a trusted directory and --skip-git-repo-check was not specified/,
    );
    expect((await codex.startThread({ ...options, skipGitRepoCheck: true }).run("go")).finalResponse).toBe("Done.");
  },
};

/** The library, at this path, in a program of plain Node: a schema, an abort, a stream. */
export async function playOnNode(library: string): Promise<void> {
  await using server = await model.plays((request) => {
    const prompt = request.texts("user").at(-1);
    return prompt === "second" ? model.refuses("silence") : model.says(`To ${prompt}.`);
  });
  await using ws = await workspace();
  const { env } = await prepareLaunch({ server, ws });
  const program = Bun.spawn(["node", join(import.meta.dir, "sdk-on-node.mjs"), library, binaryPath()], {
    cwd: ws.path,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });

  const seen: unknown = await new Response(program.stdout).json();

  expect(seen).toEqual({
    response: "To first.",
    usage: expect.objectContaining({ cache_write_input_tokens: 0 }),
    aborted: { name: "AbortError", code: "ABORT_ERR" },
    types: ["thread.started", "turn.started", "item.completed", "turn.completed"],
    left: [],
  });
  expect(await program.exited).toBe(0);
}

/** Resolves when the file is there and complete; the test's time limit ends a wait that has no end. */
async function fileIn(ws: Workspace, name: string): Promise<void> {
  while (!(await ws.exists(name)) || !(await ws.read(name)).endsWith("\n")) await Bun.sleep(10);
}

/** Resolves when no process has this id. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await Bun.sleep(10);
  }
}
