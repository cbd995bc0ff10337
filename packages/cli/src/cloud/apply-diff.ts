import { findGitFolder } from "@codex/config/git-folder";
import { captureOutput } from "@codex/platform/capture-output";
import type { Environment } from "@codex/platform/env";
import { err, ok, type Result } from "@codex/protocol/result";

/** What came of a diff. Git changes either nothing or every file, some of them perhaps with marks of a conflict. */
export type Applied = {
  /** Without those in conflict; from the top of the repository. */
  files: string[];
  conflicts: string[];
  /** Files of a diff that does not fit: none of them was changed. */
  skipped: string[];
  /** What git said. */
  stdout: string;
  stderr: string;
};

/** Applies a diff to the checkout around `cwd`, its index included, merging where the lines have moved. */
export async function applyDiff(diff: string, cwd: string, env: Environment): Promise<Result<Applied, string>> {
  const root = findGitFolder(cwd)?.root;
  if (root === undefined) return err(`${cwd} is not in a git repository; run this inside the checkout to change.`);
  const git = (...args: string[]) =>
    captureOutput(["git", ...safe, "apply", ...args, "-"], {
      cwd: root,
      env: gitEnvironment(env),
      timeoutMs,
      input: diff,
    });
  const listed = await git("--numstat", "-z");
  if (!listed.ok) return err(`git cannot be run: ${listed.error}`);
  const all = listed.value.exitCode === 0 ? namesOf(listed.value.stdout) : [];
  const applied = await git("--3way");
  if (!applied.ok) return err(`git apply was stopped: ${applied.error}`);
  const { exitCode, stdout, stderr } = applied.value;
  const conflicts = exitCode === 0 ? [] : conflictsIn(stdout + stderr);
  const changed = exitCode === 0 || conflicts.length > 0;
  return ok({
    files: changed ? all.filter((file) => !conflicts.includes(file)) : [],
    conflicts,
    skipped: changed ? [] : all,
    stdout,
    stderr,
  });
}

/** No program that the repository names is started, and names are printed as they are. */
const safe = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];

/** For big repositories on slow disks. */
const timeoutMs = 300_000;

/** Git has no business with our keys. */
export const gitEnvironment = (env: Environment): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !/KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name))),
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
});

/** `added TAB removed TAB name NUL` for each file. */
const namesOf = (numstat: string): string[] =>
  numstat
    .split("\0")
    .map((entry) => entry.split("\t").slice(2).join("\t"))
    .filter((name) => name !== "");

const conflictsIn = (output: string): string[] =>
  [...output.matchAll(/^U (.+)$/gm)].map(([, name = ""]) => name.replace(/^"(.*)"$/, "$1"));
