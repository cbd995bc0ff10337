import { captureOutput } from "@codex/platform/capture-output";
import type { Environment } from "@codex/platform/env";

/** What git prints; undefined where it fails. `fine` are the exit codes that are no failure. */
export type RunGit = (args: readonly string[], fine?: readonly number[]) => Promise<string | undefined>;

/** ms that one call may take. */
const timeoutMs = 10_000;

/** Runs git in a folder for its answer alone: it takes no locks, asks nothing, and starts no program that the repository names. */
export const runGitIn =
  (cwd: string, env: Environment): RunGit =>
  async (args, fine = [0]) => {
    const output = await captureOutput(["git", ...quiet, ...args], {
      cwd,
      env: { ...env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
      timeoutMs,
    });
    return output.ok && fine.includes(output.value.exitCode) ? output.value.stdout : undefined;
  };

const quiet = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat"];
