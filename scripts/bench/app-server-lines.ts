import { join } from "node:path";
import { workspace } from "../../packages/scripted-model/src/testing.ts";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";
import { stdioServer, type StdioServer } from "../../tests/support/app-server-process.ts";
import { anonymousMemory } from "./anonymous-memory.ts";
import { median } from "./median.ts";
import type { Program } from "./programs.ts";
import { type ModelProcess, startModel } from "./start-model.ts";
import { storeThreads } from "./store-threads.ts";
import type { Line } from "./table.ts";

/** What was measured of one program: milliseconds or megabytes, by the name of the line. */
type Figures = Record<FigureName, number>;

const figures = {
  start: { name: "app server: spawn to the answer of `initialize`", unit: "ms", wanted: 0.4 },
  thread: { name: "`thread/start`", unit: "ms", wanted: 0.3 },
  acknowledged: { name: "`turn/start`, answered", unit: "ms", wanted: 0.4 },
  delta: { name: "`turn/start`, first delta", unit: "ms", wanted: 0.4 },
  completed: { name: "`turn/start`, turn completed", unit: "ms", wanted: 0.4 },
  list: { name: "`thread/list`, 50 of 5,000 threads", unit: "ms" },
  one: { name: "anonymous memory, 1 thread", unit: "MB" },
  ten: { name: "anonymous memory, 10 threads", unit: "MB" },
  fifty: { name: "anonymous memory, 50 threads", unit: "MB" },
  twoHundred: { name: "anonymous memory, 200 threads", unit: "MB" },
  perThread: { name: "anonymous memory, each thread beyond the first", unit: "MB", wanted: 0.5 },
  withTurns: { name: "anonymous memory, 200 threads after a turn in each", unit: "MB" },
  perTurn: { name: "anonymous memory, each thread with a turn", unit: "MB", wanted: 0.5 },
} satisfies Record<string, Pick<Line, "name" | "unit" | "wanted">>;

type FigureName = keyof typeof figures;

/** The app server of each program: how soon it answers, and what a thread costs. */
export async function appServerLines(programs: readonly Program[], runs: number): Promise<Line[]> {
  using model = await startModel("answer");
  await using ws = await workspace({ "README.md": "A project.\n" });
  const measured = new Map<Program["name"], Figures>();
  const times = await measureTimes(programs, { ws, model, runs });
  for (const program of programs) {
    const list = await measureList(program, model);
    const memory = await measureMemory(program, { ws, model });
    measured.set(program.name, { ...(times.get(program.name) ?? noTimes), list, ...memory });
  }
  return (Object.keys(figures) as FigureName[]).map((key) => ({
    ...figures[key],
    ours: measured.get("ours")?.[key],
    original: measured.get("original")?.[key],
  }));
}

type Times = Pick<Figures, "start" | "thread" | "acknowledged" | "delta" | "completed">;
const noTimes: Times = { start: 0, thread: 0, acknowledged: 0, delta: 0, completed: 0 };

type Place = { readonly ws: Workspace; readonly model: ModelProcess };

/** Each run is a process of its own, those of the two programs alternate, and the first one of each does not count. */
async function measureTimes(
  programs: readonly Program[],
  { ws, model, runs }: Place & { readonly runs: number },
): Promise<Map<Program["name"], Times>> {
  const samples = new Map(programs.map(({ name }) => [name, [] as Times[]]));
  for (let run = 0; run <= runs; run++) {
    for (const program of programs) {
      const times = await timesOfOneProcess(program, { ws, model });
      if (run > 0) samples.get(program.name)?.push(times);
    }
  }
  const middle = (list: readonly Times[], key: keyof Times): number => median(list.map((times) => times[key]));
  return new Map(
    [...samples].map(([name, list]) => [
      name,
      {
        start: middle(list, "start"),
        thread: middle(list, "thread"),
        acknowledged: middle(list, "acknowledged"),
        delta: middle(list, "delta"),
        completed: middle(list, "completed"),
      },
    ]),
  );
}

const threadsTimed = 15;
const turnsTimed = 8;

async function timesOfOneProcess(program: Program, place: Place): Promise<Times> {
  const began = performance.now();
  await using server = await start(program, place);
  await server.hello();
  const startTime = performance.now() - began;
  const threads: number[] = [];
  let threadId = "";
  for (let count = 0; count < threadsTimed; count++) {
    const asked = performance.now();
    threadId = await startThread(server);
    threads.push(performance.now() - asked);
  }
  const turns: { acknowledged: number; delta: number; completed: number }[] = [];
  for (let count = 0; count < turnsTimed; count++) turns.push(await timeOfTurn(server, threadId));
  return {
    start: startTime,
    thread: median(threads),
    acknowledged: median(turns.map(({ acknowledged }) => acknowledged)),
    delta: median(turns.map(({ delta }) => delta)),
    completed: median(turns.map(({ completed }) => completed)),
  };
}

async function timeOfTurn(server: StdioServer, threadId: string) {
  const asked = performance.now();
  const since = () => performance.now() - asked;
  const turnId = await startTurn(server, threadId);
  const acknowledged = since();
  await server.untilMethod("item/agentMessage/delta", (params) => params["turnId"] === turnId);
  const delta = since();
  await ended(server, turnId);
  return { acknowledged, delta, completed: since() };
}

async function measureMemory(program: Program, place: Place): Promise<Omit<Figures, keyof Times | "list">> {
  await using server = await start(program, place);
  await server.hello();
  const ids: string[] = [];
  const at: Record<number, number> = {};
  for (const count of [1, 10, 50, 200]) {
    while (ids.length < count) ids.push(await startThread(server));
    at[count] = await settled(server.pid);
  }
  for (const threadId of ids) await ended(server, await startTurn(server, threadId));
  const withTurns = await settled(server.pid);
  const [one = 0, twoHundred = 0] = [at[1], at[200]];
  return {
    one,
    ten: at[10] ?? 0,
    fifty: at[50] ?? 0,
    twoHundred,
    perThread: (twoHundred - one) / 199,
    withTurns,
    perTurn: (withTurns - one) / 199,
  };
}

/** What remains once the work has been done: a second later. */
async function settled(pid: number): Promise<number> {
  await Bun.sleep(1000);
  return anonymousMemory(pid);
}

const stored = 5000;

async function measureList(program: Program, model: ModelProcess): Promise<number> {
  await using ws = await workspace();
  await storeThreads(ws, stored);
  await using server = await start(program, { ws, model });
  await server.hello();
  // The first listing makes an index, the original's on the side: it is there when the oldest thread is found.
  const oldest = { limit: 1, sortDirection: "asc" };
  for (let tries = 0; tries < 60; tries++) {
    const { data } = await server.must("thread/list", oldest);
    if (JSON.stringify(data).includes("thread 0 ")) break;
    await Bun.sleep(500);
  }
  const times: number[] = [];
  for (let count = 0; count < 9; count++) {
    const asked = performance.now();
    const { data } = await server.must("thread/list", { limit: 50 });
    times.push(performance.now() - asked);
    if (!Array.isArray(data) || data.length !== 50) throw new Error(`${program.name}: thread/list gave no 50 threads.`);
  }
  return median(times);
}

const start = ({ name, path }: Program, { ws, model }: Place): Promise<StdioServer> =>
  stdioServer({ ws, server: model, binary: path, home: join(ws.root, `codex-home-${name}`) });

async function startThread(server: StdioServer): Promise<string> {
  const { thread } = await server.must("thread/start", {});
  return (thread as { id: string }).id;
}

async function startTurn(server: StdioServer, threadId: string): Promise<string> {
  const { turn } = await server.must("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
  return (turn as { id: string }).id;
}

async function ended(server: StdioServer, turnId: string): Promise<void> {
  await server.untilMethod("turn/completed", ({ turn }) => (turn as { id: string }).id === turnId);
}
