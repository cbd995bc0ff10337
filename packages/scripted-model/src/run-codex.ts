import { join } from "node:path";
import { isObject, type JsonObject, parseJson } from "@codex/protocol/json";
import { gatherText, type GatheredText } from "./gather-text.ts";
import { type Launch, type LaunchOptions, prepareLaunch } from "./launch.ts";

export type RunOptions = LaunchOptions & {
  /** Text for standard input; /dev/null when absent. */
  stdin?: string;
  /** Leaves standard input open for `write` and `endInput`. */
  stdinOpen?: boolean;
  /** Milliseconds until the run is killed and the test fails. 25,000 when absent: less than a test has, so that this message is the one seen. */
  timeout?: number;
};

/** A run that is over. */
export type Run = {
  /** 128 + signal number where a signal ended it. */
  exitCode: number;
  stdout: string;
  stderr: string;
  /** The lines of `--json`. Reading it throws where a line of stdout is no JSON object. */
  readonly events: JsonObject[];
  /** The completed items of a type, without `id` and `type`. */
  items(type: string): JsonObject[];
  /** CODEX_HOME of this run. */
  home: string;
  /** The recorded sessions of that home, oldest first. */
  rollouts(): Promise<Rollout[]>;
  /** Wall time in milliseconds, from spawn to exit. */
  duration: number;
};

export type Rollout = { path: string; lines: JsonObject[] };

/** A run that goes on. Disposing of it kills what is left of it. */
export type RunningCodex = AsyncDisposable & {
  pid: number;
  stdout: GatheredText;
  stderr: GatheredText;
  signal(name: NodeJS.Signals): void;
  /** Writes to standard input where that was left open; `endInput` closes it. */
  write(text: string): void;
  endInput(): void;
  /** The first event of `--json` that fits, as soon as it is printed. */
  event(fits: (event: JsonObject) => boolean): Promise<JsonObject>;
  /** Waits for the end. Throws on timeout, with what was printed so far. */
  finish(): Promise<Run>;
};

export const codex = {
  /** Runs `codex exec ARGS…` to its end. */
  exec: async (options: RunOptions): Promise<Run> => {
    await using running = await spawnCodex(options);
    return await running.finish();
  },
  /** Starts it, for tests that watch, interrupt or kill. */
  spawn: (options: RunOptions): Promise<RunningCodex> => spawnCodex(options),
} as const;

/** How long output may still come after the program is gone: its children can hold the pipes open. */
const outputGraceMs = 2000;

async function spawnCodex(options: RunOptions): Promise<RunningCodex> {
  const launch = await prepareLaunch(options);
  const limit = options.timeout ?? 25_000;
  const started = performance.now();
  const child = Bun.spawn(launch.command, {
    cwd: launch.cwd,
    env: launch.env,
    stdin: options.stdin === undefined && !options.stdinOpen ? "ignore" : "pipe",
    stdout: "pipe",
    stderr: "pipe",
    // Its own process group, so that a kill reaches its children and a Ctrl-C of the test run does not.
    detached: true,
  });
  const input = (text: string) => child.stdin?.write(text);
  const endInput = () => void child.stdin?.end();
  if (options.stdin !== undefined) input(options.stdin);
  if (!options.stdinOpen) endInput();
  const stdout = gatherText(child.stdout);
  const stderr = gatherText(child.stderr);
  const timeUp = timer(limit);
  const bounded = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const result = await Promise.race([work.then((value) => ({ value })), timeUp.promise]);
    if (result !== undefined) return result.value;
    killGroup(child.pid, "SIGKILL");
    throw new Error(timeoutMessage(launch, limit, what, stdout.text(), stderr.text()));
  };
  return {
    pid: child.pid,
    stdout,
    stderr,
    signal: (name) => child.kill(name),
    write: (text) => void input(text),
    endInput,
    event: (fits) => bounded("the awaited event did not come", waitForEvent(stdout, fits)),
    finish: async () => {
      const exitCode = await bounded("it did not end", child.exited);
      const duration = performance.now() - started;
      await Promise.race([Promise.all([stdout.ended, stderr.ended]), Bun.sleep(outputGraceMs)]);
      return finishedRun({ exitCode, stdout: stdout.text(), stderr: stderr.text(), home: launch.home, duration });
    },
    [Symbol.asyncDispose]: async () => {
      timeUp.stop();
      killGroup(child.pid, "SIGKILL");
      await child.exited;
    },
  };
}

function finishedRun(run: Omit<Run, "events" | "items" | "rollouts">): Run {
  const events = () => nonEmptyLines(run.stdout).map(readEvent);
  return {
    ...run,
    get events() {
      return events();
    },
    items: (type) => events().flatMap((event) => completedItem(event, type)),
    rollouts: () => readRollouts(run.home),
  };
}

function completedItem(event: JsonObject, wanted: string): JsonObject[] {
  const item = event["item"];
  if (event["type"] !== "item.completed" || !isObject(item) || item["type"] !== wanted) return [];
  const { id: _id, type: _type, ...rest } = item;
  return [rest as JsonObject];
}

function readEvent(line: string): JsonObject {
  const event = parseJson(line);
  if (!isObject(event)) throw new Error(`Standard output holds a line that is no JSON object: ${line}`);
  return event as JsonObject;
}

async function readRollouts(home: string): Promise<Rollout[]> {
  const glob = new Bun.Glob("sessions/**/rollout-*.jsonl");
  // A home in which nothing was recorded has no such folder; Glob gives nothing then.
  const files = await Array.fromAsync(glob.scan({ cwd: home, onlyFiles: true }));
  return Promise.all(
    files.sort().map(async (file) => {
      const path = join(home, file);
      return { path, lines: nonEmptyLines(await Bun.file(path).text()).map(readEvent) };
    }),
  );
}

/** Looks through the complete lines each time more has come. */
async function waitForEvent(stdout: GatheredText, fits: (event: JsonObject) => boolean): Promise<JsonObject> {
  for (;;) {
    const more = stdout.more();
    const complete = stdout.text().slice(0, stdout.text().lastIndexOf("\n") + 1);
    const found = nonEmptyLines(complete).map(readEvent).find(fits);
    if (found !== undefined) return found;
    if (!(await more)) throw new Error(`Codex ended before the awaited event. It printed:\n${stdout.text()}`);
  }
}

const nonEmptyLines = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

function timer(ms: number) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const handle = setTimeout(() => resolve(undefined), ms);
  return { promise, stop: () => clearTimeout(handle) };
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

const timeoutMessage = (launch: Launch, limit: number, what: string, stdout: string, stderr: string): string =>
  [
    `${launch.command.join(" ")}: ${what} within ${limit} ms, so it was killed.`,
    `Standard output ends with:\n${stdout.slice(-2000)}`,
    `Standard error ends with:\n${stderr.slice(-2000)}`,
  ].join("\n");
