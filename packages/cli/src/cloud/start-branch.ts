import { runGitIn } from "@codex/app-server/git-diff/run-git";
import { gitInfo } from "@codex/config/git-info";
import type { Environment } from "@codex/platform/env";
import { gitEnvironment } from "./apply-diff.ts";

/** The branch a task begins from when nobody says: the current one, else the one that is meant to be the main one. */
export async function startBranch(cwd: string, env: Environment): Promise<string> {
  const current = gitInfo(cwd)?.branch;
  if (current !== undefined) return current;
  const git = runGitIn(cwd, gitEnvironment(env));
  const remote = (await git(["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]))?.trim();
  if (remote) return remote.replace(/^origin\//, "");
  const local = await git(["for-each-ref", "--format=%(refname:short)", "refs/heads/main", "refs/heads/master"]);
  return local?.split("\n")[0] || "main";
}
