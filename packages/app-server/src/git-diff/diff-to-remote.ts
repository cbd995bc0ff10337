import type { RunGit } from "./run-git.ts";

/** What the working tree has that the remote does not: as a diff against a commit that the remote has. */
export type RemoteDiff = { readonly sha: string; readonly diff: string };

/**
 * Against the closest commit of a branch that a remote is known to have, by what was fetched last. Undefined where there is no
 * repository, or none of its remotes has anything of it.
 */
export async function diffToRemote(git: RunGit): Promise<RemoteDiff | undefined> {
  if ((await git(["rev-parse", "--git-dir"])) === undefined) return undefined;
  const remotes = await remoteNames(git);
  const branches = await branchNames(git, remotes);
  const bases = await Promise.all(branches.map((branch) => baseOf(git, branch, remotes)));
  const closest = bases.filter((base) => base !== undefined).sort((a, b) => a.distance - b.distance)[0];
  if (!closest) return undefined;
  const diff = await diffAgainst(git, closest.sha);
  return diff === undefined ? undefined : { sha: closest.sha, diff };
}

/** `origin` first. */
async function remoteNames(git: RunGit): Promise<string[]> {
  const names = linesOf(await git(["remote"]));
  return [...names.filter((name) => name === "origin"), ...names.filter((name) => name !== "origin")];
}

/** The branches whose remote counterpart the work may build on, the likeliest first: of equals the first counts. */
async function branchNames(git: RunGit, remotes: readonly string[]): Promise<string[]> {
  const current = await git(["symbolic-ref", "--quiet", "--short", "HEAD"]);
  const ofRemotes = await Promise.all(
    remotes.map(async (remote) => {
      const place = `refs/remotes/${remote}`;
      const main = await git(["symbolic-ref", "--quiet", `${place}/HEAD`]);
      const around = await git(["for-each-ref", "--format=%(refname)", "--contains=HEAD", place]);
      return [...linesOf(main), ...linesOf(around)].map((ref) => ref.slice(place.length + 1));
    }),
  );
  const all = [...linesOf(current), ...ofRemotes.flat(), "main", "master"];
  return [...new Set(all)].filter((name) => name !== "HEAD");
}

/**
 * The commit that the first remote with such a branch has, and how many commits HEAD is ahead of the branch: of our own copy of
 * it where there is one, so that the branch we are on is the closest whatever has not been pushed yet.
 */
async function baseOf(
  git: RunGit,
  branch: string,
  remotes: readonly string[],
): Promise<{ sha: string; distance: number } | undefined> {
  for (const remote of remotes) {
    const ref = `refs/remotes/${remote}/${branch}`;
    const [sha] = linesOf(await git(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]));
    if (sha === undefined) continue;
    const count =
      (await git(["rev-list", "--count", `refs/heads/${branch}..HEAD`, "--"])) ??
      (await git(["rev-list", "--count", `${ref}..HEAD`, "--"]));
    return count === undefined ? undefined : { sha, distance: Number(count) };
  }
  return undefined;
}

/** Calls of git that run at a time. */
const atOnce = 4;
const plain = ["--no-textconv", "--no-ext-diff", "--no-color"];

async function diffAgainst(git: RunGit, sha: string): Promise<string | undefined> {
  const [tracked, listed] = await Promise.all([
    git(["diff", ...plain, sha, "--"], [0, 1]),
    git(["ls-files", "--others", "--exclude-standard", "-z"]),
  ]);
  if (tracked === undefined || listed === undefined) return undefined;
  const files = listed.split("\0").filter((file) => file !== "");
  const diffs: string[] = Array.from(files, () => "");
  const pending = [...files.entries()];
  const work = async (): Promise<void> => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const [i, file] = next;
      diffs[i] = (await git(["diff", ...plain, "--binary", "--no-index", "--", "/dev/null", file], [0, 1])) ?? "";
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tracked + diffs.join("");
}

const linesOf = (text: string | undefined): string[] => (text ?? "").split("\n").filter((line) => line !== "");
