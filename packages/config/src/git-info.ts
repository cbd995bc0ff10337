import { readText } from "@codex/platform/read-file";
import { join } from "node:path";
import { findGitFolder, readLine, type GitFolder } from "./git-folder.ts";

/** What a session records of the checkout it ran in; a field is missing where the files do not say. */
export type GitInfo = { readonly branch?: string; readonly sha?: string; readonly originUrl?: string };

/** Branch, commit and origin of the checkout around `cwd`, from `.git`'s files alone; undefined outside a checkout. */
export function gitInfo(cwd: string): GitInfo | undefined {
  const git = findGitFolder(cwd);
  if (git === undefined) return undefined;
  const head = readLine(join(git.gitDir, "HEAD")) ?? "";
  const ref = /^ref: (.+)$/.exec(head)?.[1];
  const sha = ref === undefined ? commit(head) : resolveRef(git, ref);
  const originUrl = origin(git);
  return {
    ...(ref?.startsWith("refs/heads/") && { branch: ref.slice("refs/heads/".length) }),
    ...(sha !== undefined && { sha }),
    ...(originUrl !== undefined && { originUrl }),
  };
}

const commit = (text: string | undefined): string | undefined => /^[0-9a-f]{40,64}$/.exec(text ?? "")?.[0];

/** A loose ref, of the worktree or of the repository; else a packed one. A branch without commits has none. */
function resolveRef(git: GitFolder, ref: string): string | undefined {
  // HEAD is the repository's own text: it must not lead out of the git folder.
  if (ref.split("/").includes("..")) return undefined;
  return commit(readLine(join(git.gitDir, ref))) ?? commit(readLine(join(git.commonDir, ref))) ?? packedRef(git, ref);
}

function packedRef(git: GitFolder, ref: string): string | undefined {
  const packed = readText(join(git.commonDir, "packed-refs"));
  const line = packed.ok
    ? packed.value?.split("\n").find((entry) => entry.slice(entry.indexOf(" ") + 1).trim() === ref)
    : undefined;
  return commit(line?.split(" ")[0]);
}

/** `[remote "origin"] url` of the repository's own config; includes are not followed, as no other file is read. */
function origin(git: GitFolder): string | undefined {
  const config = readText(join(git.commonDir, "config"));
  if (!config.ok || config.value === undefined) return undefined;
  const section = /^[ \t]*\[remote "origin"\][^\n]*\n((?:[ \t]*(?!\[)[^\n]*(?:\n|$))*)/m.exec(config.value)?.[1];
  const url = section && /^[ \t]*url[ \t]*=[ \t]*(.+?)[ \t]*$/im.exec(section)?.[1];
  return url?.replaceAll(/^"|"$/g, "");
}
