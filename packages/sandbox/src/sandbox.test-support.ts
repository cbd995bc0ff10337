import { mkdirSync, mkdtempSync, readdirSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnPiped } from "@codex/platform/process";
import type { SandboxPolicy } from "@codex/protocol/thread";
import type { RouteName } from "./find-route.ts";
import type { Command, Confined, Launcher, Session } from "./launcher.ts";
import { thisMachine } from "./machine.ts";
import { makeLauncher } from "./make-launcher.ts";
import { protectedNames } from "./plan.ts";
import type { SandboxSettings } from "./settings.ts";

export const innerFromSource = [process.execPath, join(import.meta.dir, "inner.test-support.ts")];

export const isInstalled = (program: string): boolean => Bun.which(program) !== null;

/** The routes that this machine can take, and a word for those it cannot, to be seen in the test's name. */
export const routes = (["bubblewrap", "namespaces"] as const).map((route) => ({
  route,
  missing: !isInstalled(route === "bubblewrap" ? "bwrap" : "unshare"),
}));

export type Place = {
  readonly base: string;
  readonly workspace: string;
  readonly outside: string;
  readonly home: string;
};

/** A workspace, a folder outside it, a Codex home: none of them under a folder that is writable by default. */
export function makePlace(): Place {
  const base = realpathSync(mkdtempSync(join("/var/tmp", "codex-sandbox-")));
  const place = { base, workspace: join(base, "work"), outside: join(base, "outside"), home: join(base, "home") };
  for (const folder of [place.workspace, place.outside, place.home]) mkdirSync(folder);
  return place;
}

export const writing = {
  type: "workspaceWrite" as const,
  writableRoots: [] as string[],
  networkAccess: false,
  excludeTmpdirEnvVar: true,
  excludeSlashTmp: false,
} satisfies SandboxPolicy;

export const launcherFor = (place: Place, route: RouteName, settings?: SandboxSettings): Launcher =>
  makeLauncher({
    machine: thisMachine,
    env: { PATH: process.env.PATH },
    codexHome: place.home,
    inner: innerFromSource,
    routes: [route],
    settings,
  });

/** What a folder holds when commands have ended: placeholders go a moment later, so a name among `passing` is waited for. */
export async function leftIn(folder: string, passing: readonly string[] = [...protectedNames]): Promise<string[]> {
  for (const end = performance.now() + 3000; performance.now() < end; await Bun.sleep(10)) {
    if (!readdirSync(folder).some((name) => passing.includes(name))) break;
  }
  return readdirSync(folder);
}

export type Outcome = { readonly code: number; readonly output: string };

export const commandIn = (place: Place, script: string): Command => ({
  argv: ["/bin/bash", "-c", script],
  cwd: place.workspace,
  env: { PATH: process.env.PATH ?? "", HOME: place.home, TMPDIR: tmpdir() },
  tty: false,
});

/** Runs a script confined and gives what it printed. A launcher that refuses fails the test. */
export async function runScript(
  launcher: Launcher,
  place: Place,
  script: string,
  policy: SandboxPolicy = writing,
  roots: readonly string[] = [place.workspace],
): Promise<Outcome> {
  return runConfined(launcher, commandIn(place, script), { policy, workspaceRoots: roots });
}

export async function runConfined(launcher: Launcher, command: Command, session: Session): Promise<Outcome> {
  const prepared = await launcher.prepare(command, session);
  if (!prepared.ok) throw new Error(prepared.error.message);
  return outcomeOf(prepared.value);
}

async function outcomeOf(confined: Confined): Promise<Outcome> {
  const chunks: Uint8Array[] = [];
  try {
    const child = spawnPiped(confined, (bytes) => chunks.push(bytes));
    if (!child.ok) throw new Error(child.error);
    const code = await child.value.exited;
    return { code, output: Buffer.concat(chunks).toString() };
  } finally {
    confined.dispose();
  }
}
