import { findGitFolder } from "@codex/config/git-folder";
import { printable } from "@codex/exec/printable";
import { captureOutput } from "@codex/platform/capture-output";
import type { Environment } from "@codex/platform/env";
import { findTrustedProgram } from "@codex/platform/find-program";
import { randomHex } from "@codex/platform/ids";
import { pathKind, realPath } from "@codex/platform/read-file";
import { fail, type CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { basename, join, relative } from "node:path";

export type Worktree = {
  /** The new checkout's top folder. */
  readonly root: string;
  /** The same folder in it that `cwd` was in the repository; the top one where the commit does not have it. */
  readonly cwd: string;
};

/**
 * Checks out the current commit, detached, at `$CODEX_HOME/worktrees/<4 hex>/<repository>`. It is the person who asks for it,
 * by `--worktree`, but the repository's own settings still must not start anything: see `harmless` and `silencedFilters`.
 */
export async function makeWorktree(place: {
  codexHome: string;
  cwd: string;
  env: Environment;
}): Promise<Result<Worktree>> {
  const { codexHome, cwd, env } = place;
  const git = findGitFolder(cwd);
  if (git === undefined) return err(gitFailed("fatal: not a git repository (or any of the parent directories): .git"));
  const main = git.mainRoot ?? git.root;
  const program = findTrustedProgram("git", env.PATH ?? "", [git.root, main]);
  if (program === undefined) return err(gitFailed("there is no git on PATH outside the repository"));
  const run = (args: string[]) => runGit([program, "-C", git.root, ...harmless, ...args], env);

  const filters = await silencedFilters(run);
  if (!filters.ok) return filters;
  const root = join(codexHome, "worktrees", randomHex(4), basename(main));
  const added = await run([...filters.value, "worktree", "add", "--quiet", "--detach", root, "HEAD"]);
  if (!added.ok) return added;
  const inside = join(root, relative(git.root, realPath(cwd) ?? cwd));
  return ok({ root, cwd: pathKind(inside) === "directory" ? inside : root });
}

/** Settings of the command line win over those of the repository. */
const harmless = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "submodule.recurse=false",
  "protocol.ext.allow=never",
].flatMap((setting) => ["-c", setting]);

type Git = (args: string[]) => Promise<Result<string>>;

/**
 * A checkout runs the filters that files ask for by `.gitattributes`. Those of the person's own config (LFS, say) stay;
 * one that this repository's config defines is switched off, and its files come as they are stored.
 */
async function silencedFilters(run: Git): Promise<Result<string[]>> {
  const listed = await run(["config", "--show-scope", "-z", "--name-only", "--list"]);
  if (!listed.ok) return listed;
  const fields = listed.value.split("\0");
  const own = fields.filter((_, i) => i % 2 === 1 && ["local", "worktree"].includes(fields[i - 1] ?? ""));
  const drivers = new Set(own.flatMap((key) => /^filter\.(.+)\.[^.]+$/s.exec(key)?.[1] ?? []));
  // `-c` ends a key at its first `=`, so that such a name could not be switched off.
  const odd = [...drivers].find((name) => /[=\n]/.test(name));
  if (odd !== undefined)
    return err(gitFailed(`the repository's config has a filter with the name ${JSON.stringify(odd)}`));
  return ok(
    [...drivers].flatMap((name) =>
      ["smudge=", "clean=", "process=", "required=false"].flatMap((setting) => ["-c", `filter.${name}.${setting}`]),
    ),
  );
}

/** Long enough for a checkout of any size, in milliseconds. */
const timeoutMs = 600_000;

async function runGit(argv: [string, ...string[]], env: Environment): Promise<Result<string>> {
  const ran = await captureOutput(argv, { env: gitEnvironment(env), timeoutMs });
  if (!ran.ok) return err(gitFailed(ran.error));
  const { exitCode, stdout, stderr } = ran.value;
  return exitCode === 0 ? ok(stdout) : err(gitFailed(printable(stderr).trim() || `it ended with ${exitCode}`));
}

/**
 * Without variables that point git at another repository, without questions, and without fetching what a partial clone
 * lacks: that would run the credential helpers and ssh commands of the repository's config.
 */
function gitEnvironment(env: Environment): Environment {
  const pointers = /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|NAMESPACE|CONFIG(_COUNT|_PARAMETERS)?)$/;
  const kept = Object.entries(env).filter(([name]) => !pointers.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
  };
}

const gitFailed = (why: string): CodexError => fail("usage", `Error: git command failed: ${why}`);
