import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { spawnPiped } from "@codex/platform/process";
import type { Command, Launcher, Session } from "@codex/sandbox/launcher";
import { thisMachine } from "@codex/sandbox/machine";
import { makeLauncher } from "@codex/sandbox/make-launcher";
import type { Program } from "./programs.ts";
import type { Line } from "./table.ts";

/** A folder that no default makes writable, with a home for each. */
type Place = { readonly base: string; readonly workspace: string; readonly home: string; readonly alias: string };

/** Runs `true` once, in the home of that number; throws where it fails. */
type Way = (home: number) => Promise<void>;

/** How many commands run together in the lines that say so; told from the first start to the last end. */
const crowdSize = 50;

/**
 * What confining costs a command, `true` in workspace-write: in process as a turn does it beside the original's helper, and
 * `codex sandbox` as a whole beside its like. Each round runs every way once, and what is told is the median of the differences
 * to the round's plain spawn: what else the machine does then falls on all alike.
 */
export async function sandboxLines(programs: readonly Program[], rounds: number): Promise<Line[]> {
  const place = makePlace(programs);
  try {
    const ways = allWays(place, programs);
    const added = await measureAdded(ways, rounds, (way) => way(0));
    const homes = Array.from({ length: crowdSize }, (_, home) => home);
    const crowd = await measureAdded(ways, Math.ceil(rounds / 6), (way) => Promise.all(homes.map(way)));
    const both = (name: string, of: Figures, ours: WayName, original: WayName, wanted?: number): Line => ({
      name,
      unit: "ms",
      ours: of.get(ours),
      original: of.get(original),
      wanted,
    });
    return [
      { name: "`true`, spawned plainly", unit: "ms", ours: added.get("plain"), original: undefined },
      both("`true`, added by the sandbox", added, "inProcess", "helper", 0.25),
      both("`true`, added by `codex sandbox`", added, "ours", "original"),
      both(`${crowdSize} \`true\` at once, added by the sandbox`, crowd, "inProcess", "helper", 0.25),
      both(`${crowdSize} \`true\` at once, added by \`codex sandbox\``, crowd, "ours", "original"),
    ];
  } finally {
    rmSync(place.base, { recursive: true, force: true });
  }
}

type WayName = "plain" | "inProcess" | "helper" | "ours" | "original";
type Ways = ReadonlyMap<WayName, Way>;
/** Milliseconds. */
type Figures = ReadonlyMap<WayName, number>;

function makePlace(programs: readonly Program[]): Place {
  const base = realpathSync(mkdtempSync("/var/tmp/codex-bench-"));
  const place = { base, workspace: join(base, "work"), home: join(base, "home"), alias: join(base, "alias") };
  for (const folder of [place.workspace, place.home, place.alias]) mkdirSync(folder);
  // One each: in one home the original's, started at the same moment, now and then remove each other's files and fail.
  for (let home = 0; home < crowdSize; home++) mkdirSync(homeOf(place, home));
  const original = programs.find(({ name }) => name === "original");
  // By this name the original's program is its helper.
  if (original !== undefined) symlinkSync(original.path, join(place.alias, "codex-linux-sandbox"));
  return place;
}

function allWays(place: Place, programs: readonly Program[]): Ways {
  const ways = new Map<WayName, Way>([["plain", spawn(place, ["/bin/true"])]]);
  for (const { name, path } of programs) {
    const sandbox = [path, "sandbox", "-c", 'sandbox_mode="workspace-write"', "--", "/bin/true"];
    const launcher = makeLauncher({
      machine: thisMachine,
      env: { PATH: process.env["PATH"] },
      codexHome: place.home,
      inner: [path, "--codex-inner-sandbox"],
    });
    ways.set(name, spawn(place, sandbox));
    if (name === "ours") ways.set("inProcess", (home) => confined(place, launcher, home));
    else ways.set("helper", spawn(place, helperWords(place)));
  }
  return ways;
}

const homeOf = ({ home }: Place, number: number): string => join(home, String(number));

const environment = (place: Place, home: number) => ({
  PATH: "/usr/bin:/bin",
  HOME: homeOf(place, home),
  CODEX_HOME: homeOf(place, home),
});

const spawn =
  (place: Place, argv: readonly string[]): Way =>
  (home) =>
    run({ argv, cwd: place.workspace, env: environment(place, home), fds: [] });

async function confined(place: Place, launcher: Launcher, home: number): Promise<void> {
  const command: Command = { argv: ["/bin/true"], cwd: place.workspace, env: environment(place, home), tty: false };
  const prepared = await launcher.prepare(command, sessionIn(place));
  if (!prepared.ok) throw new Error(prepared.error.message);
  try {
    await run(prepared.value);
  } finally {
    prepared.value.dispose();
  }
}

const sessionIn = (place: Place): Session => ({
  policy: {
    type: "workspaceWrite",
    writableRoots: [],
    networkAccess: false,
    excludeTmpdirEnvVar: true,
    excludeSlashTmp: false,
  },
  workspaceRoots: [place.workspace],
});

async function run(program: Parameters<typeof spawnPiped>[0]): Promise<void> {
  const said: Uint8Array[] = [];
  const child = spawnPiped(program, (bytes) => said.push(bytes));
  if (!child.ok) throw new Error(child.error);
  const code = await child.value.exited;
  if (code !== 0) throw new Error(`${program.argv[0]} ended with ${code}: ${Buffer.concat(said).toString()}`);
}

/** As `codex sandbox` of the original starts it for workspace-write (seen with strace(1)). */
function helperWords({ alias, workspace }: Place): string[] {
  const special = (kind: string, access: string) => ({ path: { type: "special", value: { kind } }, access });
  const inWorkspace = (name: string) => ({ path: { type: "path", path: join(workspace, name) } });
  const protectedNames = [".git", ".agents", ".codex", ".aws"];
  const entries = [
    special("root", "read"),
    { ...inWorkspace(""), access: "write" },
    special("slash_tmp", "write"),
    special("tmpdir", "write"),
    ...protectedNames.map((name) => ({ ...inWorkspace(name), access: "read", missing_path_behavior: "skip" })),
  ];
  const profile = { type: "managed", file_system: { type: "restricted", entries }, network: "restricted" };
  const helper = join(alias, "codex-linux-sandbox");
  const place = ["--sandbox-policy-cwd", workspace, "--command-cwd", workspace];
  return [helper, ...place, "--permission-profile", JSON.stringify(profile), "--", "/bin/true"];
}

/** Of the plain spawn its own time, of the others what they take more. */
async function measureAdded(ways: Ways, rounds: number, act: (way: Way) => Promise<unknown>): Promise<Figures> {
  const samples = new Map<WayName, number[]>();
  for (let round = 0; round <= rounds; round++) {
    let plain = 0;
    for (const [name, way] of ways) {
      const took = await timeOf(() => act(way));
      if (name === "plain") plain = took;
      // The first round finds out what works, and fills caches.
      if (round > 0) samples.set(name, [...(samples.get(name) ?? []), name === "plain" ? took : took - plain]);
    }
  }
  return new Map(
    [...samples].map(([name, list]) => [name, list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN]),
  );
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
