import type { JsonObject } from "@codex/protocol/json";
import type { Script } from "../../packages/scripted-model/src/script.ts";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";

export type Side = "ours" | "original";

/** One start of the program. */
export type RunOfScenario = {
  /** What stands between the usual options and the prompt. `{thread}` is the id of the first run's thread. */
  args?: string[];
  /** "Go." when absent; null gives none. */
  prompt?: string | null;
  /** Value of `-s`; workspace-write when absent, null leaves the option out. */
  sandbox?: string | null;
  /** False takes `--json` away: standard output is then compared as text. */
  json?: boolean;
  stdin?: string;
  env?: Record<string, string>;
  /** Folder within the project to start in. */
  cwd?: string;
  /** This run is always the original's, whichever side is played: for threads that go from one program to the other. */
  by?: "original";
  /** Sends SIGINT as soon as an event fits. */
  interruptAt?: (event: JsonObject) => boolean;
};

/** What is played against both programs, and what of it is compared beyond events, requests, exit code and files. */
export type Scenario = {
  name: string;
  /** The model's answers, in order. Functions in it must keep nothing from one side to the other. */
  steps: Script;
  /** One after the other in the same folders; a single one with the usual options when absent. */
  runs?: RunOfScenario[];
  /** gpt-5.5 when absent. */
  model?: string;
  files?: Record<string, string>;
  /** False leaves the project without a repository. */
  git?: boolean;
  /** More of config.toml: keys first, then tables. */
  config?: string;
  /** Replaces the whole of config.toml, provider and all. */
  wholeConfig?: string;
  /** Further keys of the provider. */
  provider?: Record<string, string | number | boolean>;
  /** Makes what `files` cannot hold. */
  prepare?: (ws: Workspace) => Promise<void>;
  /** Compares the kinds of the lines in the recorded threads. */
  rollout?: true;
  /** Words to look for in what each run prints to standard error: whether they are there is compared, not the prose. */
  mentions?: string[];
  /** A file of the project to wait for after the last run: what a program leaves that the run does not wait for. */
  awaits?: string;
};
