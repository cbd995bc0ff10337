import { expect, test } from "bun:test";
import { terminalToken, userAgent } from "./user-agent.ts";

const os = { name: "Debian", version: "12.0.0", arch: "x86_64" };

test("userAgent has the original's form", () => {
  const agent = { originator: "codex_exec", version: "0.169.0", os, terminal: "xterm" };
  expect(userAgent(agent)).toBe("codex_exec/0.169.0 (Debian 12.0.0; x86_64) xterm");
  expect(userAgent({ ...agent, client: { name: "my é", version: "1" } })).toBe(
    "codex_exec/0.169.0 (Debian 12.0.0; x86_64) xterm (my _; 1)",
  );
});

test.each([
  [{}, "unknown"],
  [{ TERM: "xterm-256color" }, "xterm-256color"],
  [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.2", TERM: "xterm" }, "vscode/1.2"],
  [{ TERM_PROGRAM: "Apple_Terminal" }, "Apple_Terminal"],
  [{ TERM_PROGRAM: "tmux", TERM_PROGRAM_VERSION: "3.4", TERM: "tmux-256color" }, "tmux-256color"],
  [{ TERM_PROGRAM: "a b(é", TERM_PROGRAM_VERSION: "1;2" }, "a_b__/1_2"],
  [{ WEZTERM_VERSION: "2024", TERM: "x" }, "WezTerm/2024"],
  [{ ITERM_SESSION_ID: "x", TERM: "q" }, "iTerm.app"],
  [{ GHOSTTY_RESOURCES_DIR: "x", TERM: "xterm-ghostty" }, "Ghostty"],
  [{ KITTY_WINDOW_ID: "1", TERM: "xterm-kitty" }, "kitty"],
  [{ ALACRITTY_SOCKET: "/x", TERM: "alacritty" }, "Alacritty"],
  [{ KONSOLE_VERSION: "230804" }, "Konsole/230804"],
  [{ GNOME_TERMINAL_SCREEN: "/x", VTE_VERSION: "7600" }, "gnome-terminal"],
  [{ VTE_VERSION: "7600" }, "VTE/7600"],
  [{ WT_SESSION: "1" }, "WindowsTerminal"],
])("terminalToken of %p is %s", (env: Record<string, string>, token) => {
  expect(terminalToken(env)).toBe(token);
});
