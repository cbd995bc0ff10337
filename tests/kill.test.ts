// Codex is killed at random moments of a busy turn. Whatever it had shown by then is what the resumed thread knows, no lock
// stands in the way, and no command lives on. CODEX_TEST_KILLS=200 makes it a long test.
import { expect, test } from "bun:test";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import type { JsonObject } from "@codex/protocol/json";
import { busyTurn, itemsOf, shownEvents } from "./busy-turn.test-support.ts";
import { leftProcesses } from "./processes.test-support.ts";
import { seededRandom } from "./seeded-random.test-support.ts";

type Workspace = Awaited<ReturnType<typeof workspace>>;

const kills = Number(process.env["CODEX_TEST_KILLS"] ?? 40);
/** Runs at the same time: some stay waiting for the disk or a command. */
const lanes = 4;

const common = ["exec", "--json", "--skip-git-repo-check", "-s", "workspace-write"];

test.skipIf(process.platform !== "linux")(
  `${kills} kills: every resume has all that was shown`,
  async () => {
    const random = seededRandom(20261121);
    const wholeTurn = await turnDuration();
    const pairs = Array.from({ length: kills / 2 }, () => [random() * wholeTurn, random() * wholeTurn].map(Math.round));
    const outcomes: string[] = [];
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) outcomes.push(await killTwice(pair));
      }),
    );
    // The moments are worth something only where many of them fall into the turn.
    expect(outcomes.filter((outcome) => outcome === "resumed").length).toBeGreaterThan(kills / 4);
  },
  120_000,
);

test.skipIf(process.platform !== "linux")("what no sandbox held is ended all the same", async () => {
  const command = "(setsid sleep 600 >/dev/null 2>&1 &); sleep 600 & echo running; sleep 600";
  await using server = await model.plays([model.exec(command, { yield_time_ms: 250 }), model.refuses("silence")]);
  await using ws = await workspace();
  const args = ["--json", "-s", "danger-full-access", "work"];
  await using running = await codex.spawn({ server, ws, args });
  expect((await server.arrival(1)).lastOutput()).toContain("running");
  running.signal("SIGKILL");
  await running.finish();
  expect(await leftProcesses(ws.root)).toEqual([]);
});

/** Milliseconds of a run that nobody kills, while as many others run as later. */
async function turnDuration(): Promise<number> {
  const durations = await Promise.all(
    Array.from({ length: lanes }, async () => {
      await using server = await model.plays(busyTurn);
      await using ws = await workspace({}, { git: false });
      return (await codex.exec({ server, ws, subcommand: common, args: ["work"] })).duration;
    }),
  );
  return Math.max(...durations);
}

/** One thread that is killed twice, the second time as it goes on; then it is resumed for good. */
async function killTwice(moments: readonly number[]): Promise<"resumed" | "nothing shown"> {
  let steps = 0;
  await using server = await model.plays(() => busyTurn[steps++ % busyTurn.length] ?? []);
  await using ws = await workspace({}, { git: false });
  const shown: JsonObject[] = [];
  for (const moment of moments) {
    const resuming = shown.length === 0 ? [] : ["resume", threadOf(shown)];
    await using running = await codex.spawn({ server, ws, subcommand: common, args: [...resuming, "work"] });
    await Bun.sleep(moment);
    running.signal("SIGKILL");
    const { stdout, stderr } = await running.finish();
    expect(stderr).toBe("");
    expect(await leftProcesses(ws.root)).toEqual([]);
    const events = shownEvents(stdout);
    // The rollout begins with the turn: a thread without one has nothing to resume.
    if (shown.length > 0 || events.some(({ type }) => type === "turn.started")) shown.push(...events);
  }
  if (shown.length === 0) return "nothing shown";
  await expectAllKnown(shown, ws, moments);
  return "resumed";
}

async function expectAllKnown(shown: JsonObject[], ws: Workspace, moments: readonly number[]): Promise<void> {
  await using later = await model.plays([model.says("I go on.")]);
  const args = ["resume", threadOf(shown), "go on"];
  const resumed = await codex.exec({ server: later, ws, subcommand: common, args });
  expect([resumed.exitCode, resumed.stderr]).toEqual([0, ""]);
  expect(resumed.items("agent_message")).toEqual([{ text: "I go on." }]);
  const warnings = resumed.items("error").map(({ message }) => String(message));
  expect(warnings.filter((warning) => !/^(One|2) damaged lines? /.test(warning))).toEqual([]);
  const known = JSON.stringify(later.requests[0]?.input());
  for (const text of itemsOf(shown, "item.completed").flatMap(textsOf)) {
    expect(known, `killed after ${moments.join(" and ")} ms, it had shown ${text}`).toContain(text);
  }
}

const threadOf = (shown: readonly JsonObject[]): string =>
  String(shown.find(({ type }) => type === "thread.started")?.["thread_id"]);

/** What must be found in the model's history, as it stands in JSON. */
function textsOf(item: JsonObject): string[] {
  const inJson = (text: unknown): string => JSON.stringify(String(text)).slice(1, -1);
  switch (item["type"]) {
    case "agent_message":
    case "reasoning":
      return [inJson(item["text"])];
    case "command_execution":
      return [inJson(item["aggregated_output"])];
    case "file_change":
      return ["Success. Updated the following files"];
    default:
      return [];
  }
}
