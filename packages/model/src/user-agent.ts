import type { OsRelease } from "@codex/platform/os-release";
import { toHeaderValue } from "./header-value.ts";

export type UserAgent = {
  originator: string;
  version: string;
  os: OsRelease;
  /** From `terminalToken`. */
  terminal: string;
  /** The client that initialized the connection; unknown before that. */
  client?: { name: string; version: string } | undefined;
};

/** `codex_exec/0.169.0 (Debian 12.0.0; x86_64) xterm (codex_exec; 0.169.0)`: servers and proxies parse this form. */
export function userAgent({ originator, version, os, terminal, client }: UserAgent): string {
  const suffix = client === undefined ? "" : ` (${client.name}; ${client.version})`;
  return toHeaderValue(`${originator}/${version} (${os.name} ${os.version}; ${os.arch}) ${terminal}${suffix}`);
}

/** The terminal by the variables that terminals set; the first that matches. Seen in requests of the original. */
export function terminalToken(env: Readonly<Record<string, string | undefined>>): string {
  for (const [variable, describe] of terminals) {
    const value = env[variable];
    if (value === undefined || value === "") continue;
    const token = describe(value, env);
    if (token !== undefined) return token.replace(/[^\w./-]/g, "_");
  }
  return "unknown";
}

type Describe = (value: string, env: Readonly<Record<string, string | undefined>>) => string | undefined;

const named =
  (name: string): Describe =>
  () =>
    name;
const versioned =
  (name: string): Describe =>
  (version) =>
    `${name}/${version}`;

const terminals: readonly [variable: string, describe: Describe][] = [
  // inside tmux the variable names tmux, not the terminal
  [
    "TERM_PROGRAM",
    (program, env) => (program === "tmux" ? undefined : withVersion(program, env["TERM_PROGRAM_VERSION"])),
  ],
  ["WEZTERM_VERSION", versioned("WezTerm")],
  ["ITERM_SESSION_ID", named("iTerm.app")],
  ["GHOSTTY_RESOURCES_DIR", named("Ghostty")],
  ["KITTY_WINDOW_ID", named("kitty")],
  ["ALACRITTY_SOCKET", named("Alacritty")],
  ["KONSOLE_VERSION", versioned("Konsole")],
  ["GNOME_TERMINAL_SCREEN", named("gnome-terminal")],
  ["VTE_VERSION", versioned("VTE")],
  ["WT_SESSION", named("WindowsTerminal")],
  ["TERM", (term) => term],
];

const withVersion = (program: string, version: string | undefined): string =>
  version === undefined || version === "" ? program : `${program}/${version}`;
