import { pathKind, readText, realPath } from "@codex/platform/read-file";
import { stands } from "@codex/platform/stands";
import { dirname, join, resolve } from "node:path";
import { ancestors } from "./project-root.ts";

/**
 * A checkout as its files describe it. No git process runs: a repository's own settings can make git start programs.
 */
export type GitFolder = {
  /** The checkout's top folder, canonical. */
  readonly root: string;
  /** Holds HEAD. */
  readonly gitDir: string;
  /** Holds refs and config; differs from gitDir in a linked worktree. */
  readonly commonDir: string;
  /**
   * The main checkout this one is a linked worktree of. Set only when both sides say so: a `.git` file is the
   * repository's own word, and by it alone any folder could claim to belong to a trusted one.
   */
  readonly mainRoot: string | undefined;
};

/** The checkout that `cwd` is in; undefined outside of one. */
export function findGitFolder(cwd: string): GitFolder | undefined {
  for (const root of ancestors(realPath(cwd) ?? cwd)) {
    const dotGit = join(root, ".git");
    const kind = pathKind(dotGit);
    if (kind === "directory" && stands(dotGit)) return { root, gitDir: dotGit, commonDir: dotGit, mainRoot: undefined };
    if (kind === "file") return linkedFolder(root, dotGit);
  }
  return undefined;
}

/** `.git` as a file: a linked worktree or a submodule. */
function linkedFolder(root: string, dotGit: string): GitFolder | undefined {
  const pointer = /^gitdir: (.+)$/m.exec(readLine(dotGit) ?? "")?.[1];
  const gitDir = pointer === undefined ? undefined : realPath(resolve(root, pointer));
  if (gitDir === undefined) return undefined;
  const common = readLine(join(gitDir, "commondir"));
  const commonDir = (common === undefined ? undefined : realPath(resolve(gitDir, common))) ?? gitDir;
  return { root, gitDir, commonDir, mainRoot: mainRootOf(dotGit, gitDir, commonDir) };
}

/** Verified: the repository lists this worktree under `worktrees/`, and its entry points back at this very `.git` file. */
function mainRootOf(dotGit: string, gitDir: string, commonDir: string): string | undefined {
  if (dirname(gitDir) !== join(commonDir, "worktrees")) return undefined;
  const back = readLine(join(gitDir, "gitdir"));
  if (back === undefined || realPath(resolve(gitDir, back)) !== realPath(dotGit)) return undefined;
  // Only the ordinary layout, `<main>/.git`: the folder above a bare repository is no checkout that could be trusted.
  return commonDir.endsWith("/.git") || commonDir.endsWith("\\.git") ? dirname(commonDir) : undefined;
}

/** A file of one line, trimmed; undefined where it cannot be read. */
export function readLine(path: string): string | undefined {
  const read = readText(path);
  return read.ok ? read.value?.trim() : undefined;
}
