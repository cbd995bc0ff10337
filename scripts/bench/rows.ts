import { join } from "node:path";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";
import { longRollout } from "./long-rollout.ts";
import { fileAfter, fileBefore, fileName, lastWords, patchedFiles, type ScriptName } from "./scripts.ts";

export type Row = {
  readonly name: string;
  /** The least ratio of wall times that we want; none where no figure is asked for. */
  readonly wanted?: number;
  readonly wantedMemory?: number;
  /** What the model plays; none where no model is asked. */
  readonly script?: ScriptName;
  readonly runs: number;
  /** What a good run prints. */
  readonly expected: string;
  /** Makes what all runs share, and gives what each of them does. */
  readonly begin: (ws: Workspace) => Promise<Plan> | Plan;
};

export type Plan = {
  readonly args: string[];
  /** Puts things back as they were, before each run; not measured. */
  readonly reset?: (codexHome: string) => Promise<unknown>;
  /** Whether the run did its work, where its output does not tell. */
  readonly done?: () => Promise<boolean>;
};

const turn = (): Plan => ({ args: ["exec", "-s", "workspace-write", "go"] });

export const rows = {
  version: {
    name: "`--version`",
    wanted: 1,
    runs: 15,
    expected: "codex-cli",
    begin: () => ({ args: ["--version"] }),
  },
  turn: {
    name: "one turn, no tool",
    wanted: 0.2,
    wantedMemory: 0.5,
    script: "answer",
    runs: 11,
    expected: lastWords,
    begin: turn,
  },
  ten: { name: "10 sandboxed calls of `true`", script: "tenCalls", runs: 7, expected: lastWords, begin: turn },
  hundred: { name: "100 sandboxed calls of `true`", script: "hundredCalls", runs: 3, expected: lastWords, begin: turn },
  deltas: { name: "20,000 deltas", wanted: 0.2, script: "deltas", runs: 7, expected: lastWords, begin: turn },
  resume: {
    name: "resume of a 20,000-line rollout",
    wanted: 0.3,
    script: "answer",
    runs: 5,
    expected: lastWords,
    begin: resumeLongThread,
  },
  patch: { name: "patch of 200 files", script: "patch", runs: 5, expected: lastWords, begin: patchManyFiles },
} satisfies Record<string, Row>;

export type RowName = keyof typeof rows;

async function resumeLongThread(ws: Workspace): Promise<Plan> {
  const { threadId, name, text } = await longRollout(ws, 20_000);
  return {
    args: ["exec", "-s", "workspace-write", "resume", threadId, "go on"],
    reset: (codexHome) => Bun.write(join(codexHome, "sessions", "2026", "01", "01", name), text),
  };
}

function patchManyFiles(ws: Workspace): Plan {
  const paths = Array.from({ length: patchedFiles }, (_, index) => fileName(index));
  return {
    ...turn(),
    reset: () => Promise.all(paths.map((path) => ws.write(path, fileBefore))),
    done: async () => {
      const texts = await Promise.all(paths.map((path) => ws.read(path)));
      return texts.every((text) => text === fileAfter);
    },
  };
}
