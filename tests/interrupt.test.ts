// Ctrl-C at any point of a turn: the stream of events ends properly, the history stays valid, no command lives on.
import { expect, test } from "bun:test";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { busyTurn, itemsOf, shownEvents } from "./busy-turn.test-support.ts";
import { leftProcesses } from "./processes.test-support.ts";
import { seededRandom } from "./seeded-random.test-support.ts";

type Workspace = Awaited<ReturnType<typeof workspace>>;
type Script = Parameters<typeof model.plays>[0];
type Run = Awaited<ReturnType<typeof codex.exec>>;

/** CODEX_TEST_INTERRUPTS=200 makes it a long test. */
const interrupts = Number(process.env["CODEX_TEST_INTERRUPTS"] ?? 40);

const common = ["exec", "--json", "--skip-git-repo-check", "-s", "workspace-write"];
const unconfined = ["exec", "--json", "--skip-git-repo-check", "-s", "danger-full-access"];
/** A command that tells on stdout that it runs, and ends only when it is made to. */
const endless = "echo running; sleep 600";

test("while the model says nothing", async () => {
  await using place = await start([model.refuses("silence")]);
  const request = await place.server.arrival(0);
  const run = await place.interrupt("SIGINT");
  expect(await request.closed).toBe("dropped");
  expect([run.exitCode, run.events.at(-1)]).toEqual([1, { type: "turn.failed", error: { message: "interrupted" } }]);
  await expectResumable(run, place.ws);
});

test("in the middle of a message, which is kept as far as it came", async () => {
  const gate = model.gate();
  await using place = await start([
    // What stands before a pause is sent in one piece: who has seen the first message has the half one too.
    [model.says("Whole."), model.says("Half a sen", { unfinished: true }), model.waits(gate)],
  ]);
  await place.printed("item.completed");
  const run = await place.interrupt("SIGINT");
  gate.open();
  expect(run.items("agent_message")).toEqual([{ text: "Whole." }, { text: "Half a sen", incomplete: true }]);
  const stored = JSON.stringify((await run.rollouts())[0]?.lines);
  expect(stored).toContain('"incomplete":true');
  expect(stored).toContain("turn_aborted");
  await expectResumable(run, place.ws);
});

test("while commands run side by side, one of them done", async () => {
  await using place = await start([[model.exec("echo quick"), model.exec(endless), model.exec(endless)]]);
  await place.printed("item.completed");
  const run = await place.interrupt("SIGINT");
  expect([run.exitCode, run.events.at(-1)?.["type"]]).toEqual([1, "turn.failed"]);
  expectAllCompleted(run);
  const outputs = await expectResumable(run, place.ws);
  expect(outputs).toHaveLength(3);
  expect(outputs[0]).toContain("quick");
});

test("while a command goes on in the background and the model thinks", async () => {
  await using place = await start([model.exec(endless, { yield_time_ms: 250 }), model.refuses("silence")]);
  await place.server.arrival(1);
  const run = await place.interrupt("SIGINT");
  expect(run.events.at(-1)?.["type"]).toBe("turn.failed");
  expectAllCompleted(run);
  expect(run.items("command_execution")).toEqual([
    expect.objectContaining({ status: "failed", aggregated_output: "running\n", exit_code: null }),
  ]);
  await expectResumable(run, place.ws);
});

test("SIGTERM ends it with 143; its sender is told nothing more", async () => {
  await using place = await start([model.exec(endless)]);
  await place.printed("item.started");
  const run = await place.interrupt("SIGTERM");
  expect([run.exitCode, run.events.at(-1)?.["type"]]).toEqual([143, "item.started"]);
  expect(JSON.stringify((await run.rollouts())[0]?.lines)).toContain("turn_aborted");
  await expectResumable(run, place.ws);
});

test("a command that ignores signals, and its daemon, do not outlive it", async () => {
  const deaf = "trap '' INT TERM HUP; (setsid sleep 600 >/dev/null 2>&1 &); echo running; while :; do sleep 1; done";
  await using place = await start([model.exec(deaf)], unconfined);
  await place.printed("item.started");
  const run = await place.interrupt("SIGINT");
  expect([run.exitCode, run.events.at(-1)?.["type"]]).toEqual([1, "turn.failed"]);
  await expectResumable(run, place.ws);
});

test("a second Ctrl-C ends it at once, and what it started", async () => {
  const deaf = "trap '' INT TERM HUP; echo running; while :; do sleep 1; done";
  await using place = await start([model.exec(deaf)], unconfined);
  await place.printed("item.started");
  place.running.signal("SIGINT");
  // Two signals at once would count as one.
  await Bun.sleep(100);
  const asked = performance.now();
  const run = await place.interrupt("SIGINT");
  expect(performance.now() - asked).toBeLessThan(1000);
  expect(run.exitCode).toBe(1);
  await expectResumable(run, place.ws);
});

test(`at ${interrupts} random moments`, async () => {
  const random = seededRandom(7);
  const whole = await wholeTurn();
  const moments = Array.from({ length: interrupts }, () => Math.round(random() * whole));
  const ends: string[] = [];
  const lane = async () => {
    for (let moment = moments.pop(); moment !== undefined; moment = moments.pop()) ends.push(await interruptAt(moment));
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  expect(ends.filter((end) => end === "turn.failed").length).toBeGreaterThan(interrupts / 4);
}, 60_000);

async function wholeTurn(): Promise<number> {
  await using place = await start(busyTurn);
  return (await place.running.finish()).duration;
}

/** Gives the type of the last event. */
async function interruptAt(moment: number): Promise<string> {
  await using place = await start(busyTurn);
  await Bun.sleep(moment);
  const run = await place.interrupt("SIGINT");
  const events = shownEvents(run.stdout);
  const last = String(events.at(-1)?.["type"] ?? "nothing");
  if (events.length === 0) return last;
  expect(["turn.failed", "turn.completed"], `interrupted after ${moment} ms`).toContain(last);
  expect(run.exitCode).toBe(last === "turn.completed" ? 0 : 1);
  if (!events.some(({ type }) => type === "turn.started")) return last;
  expectAllCompleted(run);
  await expectResumable(run, place.ws);
  return last;
}

/** A run to be interrupted. Disposing of it ends what is left. */
async function start(script: Script, subcommand = common) {
  const server = await model.plays(script);
  const ws = await workspace({}, { git: false });
  const running = await codex.spawn({ server, ws, subcommand, args: ["work"] });
  return {
    server,
    ws,
    running,
    printed: (type: string) => running.event((event) => event["type"] === type),
    /** Gives the run once it has ended, and nothing of it is left. */
    interrupt: async (signal: NodeJS.Signals): Promise<Run> => {
      running.signal(signal);
      const run = await running.finish();
      expect(run.stderr).toBe("");
      expect(await leftProcesses(ws.root)).toEqual([]);
      return run;
    },
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

/** What was begun is ended, and nothing that was not begun. */
function expectAllCompleted(run: Run): void {
  const ids = (type: string) => itemsOf(run.events, type).map(({ id }) => String(id));
  const completed = new Set(ids("item.completed"));
  expect(ids("item.started").filter((id) => !completed.has(id))).toEqual([]);
}

/** The next turn's request is valid (the scripted model checks it) and has all answers; gives these. */
async function expectResumable(run: Run, ws: Workspace): Promise<string[]> {
  const threadId = String(run.events.find(({ type }) => type === "thread.started")?.["thread_id"]);
  await using server = await model.plays([model.says("I go on.")]);
  const resumed = await codex.exec({ server, ws, subcommand: common, args: ["resume", threadId, "go on"] });
  expect([resumed.exitCode, resumed.stderr, resumed.items("agent_message")]).toEqual([0, "", [{ text: "I go on." }]]);
  expect(resumed.items("error")).toEqual([]);
  return server.requests[0]?.outputs() ?? [];
}
