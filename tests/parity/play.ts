import { codex, model, workspace } from "@codex/scripted-model/testing";
import type { CapturedRequest } from "../../packages/scripted-model/src/captured-request.ts";
import type { Rollout, Run, RunOptions } from "../../packages/scripted-model/src/run-codex.ts";
import type { ScriptedServer } from "../../packages/scripted-model/src/serve-script.ts";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";
import { readFolder } from "./read-folder.ts";
import type { RunOfScenario, Scenario, Side } from "./scenario.ts";

export type Programs = Record<Side, string>;

/** Everything that one program did in a scenario, as it was. */
export type Recording = {
  runs: Run[];
  requests: CapturedRequest[];
  /** Of the scripted model: that there was a request too many. */
  complaints: string[];
  /** Text of the project's files afterwards, by path. */
  files: Record<string, string>;
  rollouts: Rollout[];
  /** The texts in which this side differs from the other by nature, and what to put in their place. */
  places: [text: string, placeholder: string][];
};

/** Plays a scenario with one program, in folders and with a scripted model of its own. */
export async function play(scenario: Scenario, side: Side, programs: Programs): Promise<Recording> {
  const server = await model.plays(scenario.steps, { name: `${scenario.name}, ${side}`, check: false });
  try {
    await using ws = await workspace(scenario.files, { git: scenario.git ?? true });
    if (scenario.wholeConfig !== undefined) await Bun.write(`${ws.codexHome}/config.toml`, scenario.wholeConfig);
    await scenario.prepare?.(ws);
    const runs: Run[] = [];
    for (const spec of scenario.runs ?? [{}]) {
      runs.push(await playRun(spec, launchOptions(scenario, spec, { server, ws, side, programs, runs })));
    }
    if (scenario.awaits !== undefined) await appears(ws, scenario.awaits);
    return {
      runs,
      requests: server.requests,
      // Taken out, for the server throws them at its close.
      complaints: server.complaints.splice(0),
      files: await readFolder(ws.path),
      rollouts: (await runs.at(-1)?.rollouts()) ?? [],
      places: [
        [ws.root, "<root>"],
        [new URL(server.url).host, "<host>"],
      ],
    };
  } finally {
    server.complaints.splice(0);
    await server.close();
  }
}

type Stage = { server: ScriptedServer; ws: Workspace; side: Side; programs: Programs; runs: Run[] };

function launchOptions(scenario: Scenario, spec: RunOfScenario, stage: Stage): RunOptions {
  const { server, ws, side, programs, runs } = stage;
  const thread = String(runs[0]?.events.find((event) => event["type"] === "thread.started")?.["thread_id"]);
  const config = [`model = "${scenario.model ?? "gpt-5.5"}"`, scenario.config ?? ""].join("\n");
  return {
    server,
    ws,
    binary: programs[spec.by ?? side],
    args: commandLine(spec).map((word) => word.replaceAll("{thread}", thread)),
    config: scenario.wholeConfig === undefined ? config : false,
    ...(scenario.provider === undefined ? {} : { provider: scenario.provider }),
    ...(spec.stdin === undefined ? {} : { stdin: spec.stdin }),
    ...(spec.env === undefined ? {} : { env: spec.env }),
    ...(spec.cwd === undefined ? {} : { cwd: `${ws.path}/${spec.cwd}` }),
  };
}

const commandLine = ({ json, sandbox, args, prompt }: RunOfScenario): string[] => [
  ...(json === false ? [] : ["--json"]),
  ...(sandbox === null ? [] : ["-s", sandbox ?? "workspace-write"]),
  ...(args ?? []),
  ...(prompt === null ? [] : [prompt ?? "Go."]),
];

async function playRun({ interruptAt }: RunOfScenario, options: RunOptions): Promise<Run> {
  await using running = await codex.spawn(options);
  if (interruptAt !== undefined) {
    await running.event(interruptAt);
    running.signal("SIGINT");
  }
  return await running.finish();
}

/** Milliseconds until a file that is waited for counts as missing: the comparison then shows that it is. */
const appearanceMs = 3000;

async function appears(ws: Workspace, file: string): Promise<void> {
  const end = performance.now() + appearanceMs;
  while (!(await ws.exists(file)) && performance.now() < end) await Bun.sleep(20);
}
