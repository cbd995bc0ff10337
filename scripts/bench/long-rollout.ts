import { basename } from "node:path";
import { codex, model } from "../../packages/scripted-model/src/testing.ts";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";

export type LongRollout = { readonly threadId: string; readonly name: string; readonly text: string };

/**
 * A thread of so many lines, as a person's long session leaves it: turns of a command and an answer. Two turns are run for
 * it, and the second one's lines are repeated with ids of their own.
 */
export async function longRollout(ws: Workspace, lines: number): Promise<LongRollout> {
  const turn = [
    [model.exec("true", { id: "fc_of_turn", callId: "call_of_turn" })],
    [model.says("Done.", { id: "msg_of_turn" })],
  ];
  await using server = await model.plays([...turn, ...turn], { check: false });
  await codex.exec({ server, ws, args: ["--json", "go"] });
  const { events, rollouts } = await codex.exec({ server, ws, args: ["resume", "--json", "--last", "go on"] });
  const threadId = String(events.find(({ type }) => type === "thread.started")?.["thread_id"]);
  const [rollout] = await rollouts();
  if (rollout === undefined) throw new Error("The run left no rollout.");

  const texts = (await Bun.file(rollout.path).text()).trimEnd().split("\n");
  const start = texts.findLastIndex((line) => line.includes('"type":"task_started"'));
  const repeats = Math.ceil((lines - texts.length) / (texts.length - start));
  const more = Array.from({ length: repeats }, (_, index) =>
    texts.slice(start).map((line) => withOwnIds(line, threadId, index + 1)),
  );
  const all = [...texts, ...more.flat()];
  return { threadId, name: basename(rollout.path), text: all.map(withOrdinal).join("\n") + "\n" };
}

const uuid = /([0-9a-f]{8}-(?:[0-9a-f]{4}-){3})[0-9a-f]{12}/g;

/** Gives every id of a turn but the thread's own a number. */
const withOwnIds = (line: string, threadId: string, number: number): string =>
  line
    .replaceAll(uuid, (id, head: string) => (id === threadId ? id : head + number.toString(16).padStart(12, "0")))
    .replaceAll("_of_turn", `_${number}`);

const withOrdinal = (line: string, index: number): string => line.replace(/"ordinal":\d+/, `"ordinal":${index}`);
