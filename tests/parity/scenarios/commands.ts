import { model } from "@codex/scripted-model/testing";
import type { CapturedRequest } from "../../../packages/scripted-model/src/captured-request.ts";
import type { Scenario } from "../scenario.ts";

const done = model.says("Done.");
const files = { "a.txt": "alpha\n", "sub/b.txt": "beta\n" };

/** The session that the last tool output names. */
const session = (request: CapturedRequest): number =>
  Number(/session ID (\d+)/.exec(request.lastOutput())?.[1] ?? Number.NaN);

/** A command with these arguments, and a closing message. */
const command = (name: string, cmd: string, args: Parameters<typeof model.exec>[1] = {}): Scenario => ({
  name: `command: ${name}`,
  steps: [model.exec(cmd, args), done],
});

const played: Scenario[] = [
  { ...command("ok", "echo one; echo two"), rollout: true },
  { ...command("ok, unknown model", "echo one"), model: "mock-model" },
  command("standard error", "echo two >&2"),
  command("failing exit code", "echo broken; exit 3"),
  command("missing program", "no-such-program-here"),
  command("killed by a signal", "kill -9 $$"),
  command("invalid UTF-8", "printf 'a\\377\\376b\\303'"),
  command("NUL and escapes", "printf 'a\\0b\\033[31mred\\033[0m'"),
  command("no output", "true"),
  command("30,000 lines", "seq 1 30000"),
  { ...command("30,000 lines, unknown model", "seq 1 30000"), model: "mock-model" },
  command("2 MiB", "head -c 2097152 /dev/zero | tr '\\0' x"),
  command("max_output_tokens", "seq 1 1000", { max_output_tokens: 100 }),
  command("workdir", "pwd; ls", { workdir: "sub" }),
  command("bad workdir", "pwd", { workdir: "no-such-folder" }),
  command("login false", "shopt -q login_shell && echo login || echo plain", { login: false }),
  command("other shell", "echo $0", { shell: "/bin/sh" }),
  command("removal by force", "rm -rf sub"),
  { ...command("removal by force without a sandbox", "rm -rf sub"), runs: [{ sandbox: "danger-full-access" }] },
  command("removal", "rm a.txt"),
  command("standard input closed", "cat; echo end"),
  command("several parts", "cd sub && cat b.txt | tr a-z A-Z && git status --short", {}),
  {
    ...command("environment", "env | grep -E '^(CODEX_|NO_COLOR|PAGER|GIT_PAGER|GH_PAGER|COLORTERM|LANG|TERM)' | sort"),
  },
  {
    ...command("shell_environment_policy", "env | grep -E '^(MINE|SECRET_TOKEN|OTHER)=' | sort"),
    config: '[shell_environment_policy]\ninherit = "all"\nexclude = ["OTHER"]\nset = { MINE = "set" }',
    runs: [{ env: { SECRET_TOKEN: "s", OTHER: "o" } }],
  },
  {
    name: "command: polled to its end",
    steps: [
      model.exec("echo start; sleep 2.5; echo end", { yield_time_ms: 1500 }),
      (request) => model.call("write_stdin", { session_id: session(request), chars: "", yield_time_ms: 5000 }),
      done,
    ],
  },
  {
    name: "command: terminal with input",
    steps: [
      model.exec("read -r line; echo got $line", { tty: true, yield_time_ms: 400 }),
      (request) => model.call("write_stdin", { session_id: session(request), chars: "hello\n", yield_time_ms: 2000 }),
      done,
    ],
  },
  {
    name: "command: two at once",
    // The pause settles which of them starts first.
    steps: [[model.exec("sleep 1; echo slow"), model.waits(300), model.exec("echo fast")], done],
  },
  {
    name: "command: left running at the end",
    steps: [model.exec("echo start; sleep 30", { yield_time_ms: 1500 }), done],
  },
  { name: "write_stdin to an unknown session", steps: [model.call("write_stdin", { session_id: 99999 }), done] },
  {
    name: "command: escalation while nobody is asked",
    steps: [model.exec("touch x", { sandbox_permissions: "require_escalated", justification: "May I?" }), done],
  },
];

/** exec_command and write_stdin, in a project with two files. */
export const commands: Scenario[] = played.map((scenario) => ({ ...scenario, files }));
