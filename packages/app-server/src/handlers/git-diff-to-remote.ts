import { pathKind } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { resolve } from "node:path";
import { diffToRemote } from "../git-diff/diff-to-remote.ts";
import { runGitIn } from "../git-diff/run-git.ts";
import type { Handler } from "../handler.ts";

export const gitDiffToRemote: Handler<"gitDiffToRemote"> = async ({ cwd }, { server }) => {
  const { env, cwd: here } = server.engine.host;
  const folder = resolve(here, cwd);
  const diff = pathKind(folder) === "directory" ? await diffToRemote(runGitIn(folder, env)) : undefined;
  return diff ? ok(diff) : err(fail("noRemoteDiff", cwd));
};
