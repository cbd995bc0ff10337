import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ScriptedServer } from "./serve-script.ts";
import type { Workspace } from "./workspace.ts";

export type LaunchOptions = {
  /** The scripted model to talk to; without one no provider is configured. */
  server?: Pick<ScriptedServer, "url">;
  ws: Workspace;
  /** What follows `codex exec`; `subcommand` replaces `exec`. */
  args?: string[];
  /** The words before `args`; `["exec"]` when absent, `[]` for the bare command. */
  subcommand?: string[];
  /** Added to the hermetic environment; undefined takes a variable out. */
  env?: Record<string, string | undefined>;
  /**
   * TOML put into config.toml beside the provider: keys first, then tables. A key of ours that it sets itself
   * (`model`, `model_provider`) is left to it. `false` leaves config.toml as it is.
   */
  config?: string | false;
  /** Further keys of the provider, such as `{ request_max_retries: 0 }`. */
  provider?: Record<string, string | number | boolean>;
  /** CODEX_HOME, the workspace's when absent. */
  home?: string;
  /** Where to run, the project folder when absent. */
  cwd?: string;
  /** The program, `binaryPath()` when absent. */
  binary?: string;
};

/** A command line ready to be spawned. */
export type Launch = { command: string[]; cwd: string; env: Record<string, string>; home: string };

/** Writes config.toml and gives the command, folder and environment. Nothing of the caller's environment but PATH gets in. */
export async function prepareLaunch(options: LaunchOptions): Promise<Launch> {
  const { ws } = options;
  const home = options.home ?? ws.codexHome;
  await mkdir(home, { recursive: true });
  if (options.config !== false) await Bun.write(join(home, "config.toml"), configToml(options));
  const env: Record<string, string | undefined> = {
    PATH: process.env["PATH"],
    HOME: ws.home,
    CODEX_HOME: home,
    TMPDIR: ws.temp,
    LANG: "C.UTF-8",
    TERM: "dumb",
    GIT_CONFIG_NOSYSTEM: "1",
    MOCK_KEY: "scripted-key",
    ...options.env,
  };
  return {
    command: [options.binary ?? binaryPath(), ...(options.subcommand ?? ["exec"]), ...(options.args ?? [])],
    cwd: options.cwd ?? ws.path,
    env: Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    home,
  };
}

const checkout = join(import.meta.dir, "..", "..", "..");

/** The built program, or the one that CODEX_TEST_BINARY names. Throws a sentence where there is none. */
export function binaryPath(): string {
  const path = process.env["CODEX_TEST_BINARY"] || join(checkout, "dist", "codex");
  if (!existsSync(path)) throw new Error(`There is no ${path}: run \`npm run build\`, or set CODEX_TEST_BINARY.`);
  return path;
}

function configToml({ server, config, provider }: LaunchOptions): string {
  const own = config === undefined || config === false ? "" : config;
  const defaults = { model: "gpt-5.5", ...(server === undefined ? {} : { model_provider: "mock" }) };
  const free = Object.entries(defaults).filter(([key]) => !new RegExp(`^\\s*${key}\\s*=`, "m").test(own));
  const lines = free.map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [...lines, own, ...(server === undefined ? [] : [providerToml(server.url, provider ?? {})]), ""].join("\n");
}

function providerToml(url: string, more: Record<string, string | number | boolean>): string {
  const keys = { name: "mock", base_url: url, env_key: "MOCK_KEY", wire_api: "responses", ...more };
  return [
    "[model_providers.mock]",
    ...Object.entries(keys).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
  ].join("\n");
}
