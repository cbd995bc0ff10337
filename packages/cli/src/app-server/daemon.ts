import { connectWire } from "@codex/app-server/wire-client";
import { codexHome } from "@codex/config/codex-home";
import { currentEnvironment, type Environment } from "@codex/platform/env";
import { readText } from "@codex/platform/read-file";
import { removeFile, removeEmptyFolder } from "@codex/platform/remove-file";
import { sleep } from "@codex/platform/sleep";
import { askToEnd, isRunning, startDaemon, type DaemonId } from "@codex/platform/start-daemon";
import { stdio } from "@codex/platform/stdio";
import { makePrivateFolder, writeAtomic } from "@codex/platform/write-atomic";
import { fail, type CodexError } from "@codex/protocol/errors";
import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { join } from "node:path";
import { refuse } from "../refuse.ts";
import { ownProgram } from "../own-program.ts";
import type { SharedOptions } from "../shared-options.ts";
import { controlSocket } from "./control-socket.ts";
import { reachServer } from "./reach-server.ts";

type Place = {
  readonly socket: string;
  readonly folder: string;
  readonly pidFile: string;
  readonly logFile: string;
  readonly home: string;
  readonly env: Environment;
};

export type DaemonVerb = "start" | "stop" | "restart" | "version";

/** Prints one line of JSON. Nothing is copied: the background server is this program; when it is stopped nothing of it is left. */
export async function runDaemon(verb: DaemonVerb, flags: SharedOptions): Promise<number> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return refuse(home.error);
  const folder = join(home.value, "app-server-daemon");
  const place: Place = {
    socket: controlSocket(home.value),
    folder,
    pidFile: join(folder, "daemon.pid"),
    logFile: join(folder, "daemon.stderr.log"),
    home: home.value,
    env,
  };
  const told = await act[verb](place, flags);
  if (!told.ok) return refuse(told.error);
  stdio.out(`${JSON.stringify(told.value)}\n`);
  return 0;
}

type Told = Record<string, unknown>;

const act: Record<DaemonVerb, (place: Place, flags: SharedOptions) => Promise<Result<Told>>> = {
  start: (place, flags) => start(place, flags, "started"),
  async stop(place) {
    const stopped = await stop(place);
    return stopped.ok
      ? ok(report(place, { status: stopped.value, ...(stopped.value === "stopped" ? backend : {}) }))
      : stopped;
  },
  async restart(place, flags) {
    const stopped = await stop(place);
    return stopped.ok ? start(place, flags, "restarted") : stopped;
  },
  async version(place) {
    const running = await serverVersion(place);
    if (!running.ok)
      return err(
        fail("usage", `Error: failed to connect to ${place.socket}; start it with \`codex app-server daemon start\`.`),
      );
    return ok(report(place, { status: "running", ...(knownDaemon(place) ? backend : {}) }, running.value));
  },
};

const backend = { backend: "pid" } as const;

/** In the original's order. */
const report = ({ socket }: Place, state: Told, appServerVersion?: string): Told => ({
  ...state,
  managedCodexPath: process.execPath,
  managedCodexVersion: version,
  socketPath: socket,
  cliVersion: version,
  ...(appServerVersion === undefined ? {} : { appServerVersion }),
});

async function start(place: Place, flags: SharedOptions, status: "started" | "restarted"): Promise<Result<Told>> {
  const already = await serverVersion(place);
  if (already.ok)
    return ok(report(place, { status: "alreadyRunning", ...(knownDaemon(place) ? backend : {}) }, already.value));
  const made = makePrivateFolder(place.folder);
  if (!made.ok) return err(fail("usage", `Error: cannot create ${place.folder}: ${made.error.reason}.`));
  const argv = [...ownProgram(), "app-server", "--listen", "unix://", ...configFlags(flags)];
  const daemon = startDaemon(argv, { cwd: place.home, env: place.env, logFile: place.logFile });
  if (!daemon.ok) return err(notStarted(place, daemon.error));
  const written = writeAtomic(place.pidFile, JSON.stringify(daemon.value));
  const answers = written.ok ? await untilAnswers(place, daemon.value) : undefined;
  if (answers !== undefined) return ok(report(place, { status, ...backend, pid: daemon.value.pid }, answers));
  const said = lastLine(place.logFile);
  await end(daemon.value);
  leaveNothing(place);
  return err(notStarted(place, said));
}

const notStarted = (place: Place, why: string): CodexError =>
  fail("usage", `Error: the app server for ${place.socket} did not start: ${why || "it does not answer"}`);

async function untilAnswers(place: Place, daemon: DaemonId): Promise<string | undefined> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(20)) {
    const answered = await serverVersion(place);
    if (answered.ok) return answered.value;
    if (!isRunning(daemon)) return undefined;
  }
  return undefined;
}

/** ms for a server to start, and for running turns to end. */
const patience = 15_000;
const patienceWithTurns = 60_000;

async function stop(place: Place): Promise<Result<"stopped" | "notRunning">> {
  const daemon = knownDaemon(place);
  if (daemon) {
    await end(daemon);
    leaveNothing(place);
    return ok("stopped");
  }
  if (!(await serverVersion(place)).ok) {
    leaveNothing(place);
    return ok("notRunning");
  }
  return err(
    fail(
      "usage",
      `Error: the app server at ${place.socket} was not started by \`codex app-server daemon start\`; stop it where it was started.`,
    ),
  );
}

/** A second signal ends it by force, turns and all. */
async function end(daemon: DaemonId): Promise<void> {
  for (const limit of [patienceWithTurns, patience]) {
    askToEnd(daemon);
    for (const deadline = Date.now() + limit; Date.now() < deadline; await sleep(10)) if (!isRunning(daemon)) return;
  }
}

function leaveNothing(place: Place): void {
  for (const file of [place.pidFile, place.logFile]) removeFile(file);
  removeEmptyFolder(place.folder);
}

/** The daemon that was started here, by us or by the original, and still runs. */
function knownDaemon({ pidFile }: Place): DaemonId | undefined {
  const text = readText(pidFile);
  const daemon = text.ok && text.value !== undefined ? readDaemon(parseJson(text.value)) : undefined;
  return daemon && isRunning(daemon) ? daemon : undefined;
}

function readDaemon(read: unknown): DaemonId | undefined {
  if (!isObject(read)) return undefined;
  const { pid, processStartTime, processIdentity } = read;
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid < 2) return undefined;
  if (typeof processStartTime !== "string") return undefined;
  if (!isObject(processIdentity)) return { pid, processStartTime };
  const { bootId, startTicks } = processIdentity;
  if (typeof bootId !== "string" || typeof startTicks !== "number") return undefined;
  return { pid, processStartTime, processIdentity: { bootId, startTicks } };
}

/** What the server that answers at the socket says of itself. */
async function serverVersion({ socket }: Place): Promise<Result<string, unknown>> {
  const channel = await reachServer({ type: "unix", path: socket });
  if (!channel.ok) return channel;
  const client = connectWire(channel.value);
  const hello = await client.request("initialize", { clientInfo: { name: "codex_app_server_daemon", version } });
  client.close();
  return hello.ok ? ok(/^[^/]*\/(\S+)/.exec(hello.value.userAgent)?.[1] ?? "") : hello;
}

const configFlags = ({ config = [], enable = [], disable = [] }: SharedOptions): string[] => [
  ...config.flatMap((value) => ["-c", value]),
  ...enable.flatMap((value) => ["--enable", value]),
  ...disable.flatMap((value) => ["--disable", value]),
];

function lastLine(file: string): string {
  const text = readText(file);
  return (text.ok ? (text.value ?? "") : "").trim().split("\n").at(-1) ?? "";
}
