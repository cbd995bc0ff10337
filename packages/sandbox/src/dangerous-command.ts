import { programName } from "./unwrap-command.ts";

/**
 * What a command may destroy for good. "forced" is what the original 0.169.0 asks about and, where nobody can be asked, refuses:
 * a removal by force. "lasting" only asks. `what` completes "this command …".
 */
export type Danger = { readonly kind: "forced" | "lasting"; readonly what: string };

/** The danger of one command's own words, not of what it runs. Pure. */
export function dangerOf([program = "", ...words]: readonly string[]): Danger | undefined {
  const name = programName(program);
  if (name === "rm" && words.some(forcesRemoval)) return { kind: "forced", what: "removes files by force" };
  const what = name === "git" ? gitDanger(words) : Object.hasOwn(dangers, name) ? dangers[name]?.(words) : undefined;
  return what === undefined ? undefined : { kind: "lasting", what };
}

/** `-f` among other letters, or `--force`, which may be abbreviated. A file may be named so only after `--`. */
function forcesRemoval(word: string, at: number, words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return (end === -1 || at < end) && (/^-[a-zA-Z]*f/.test(word) || /^--f(o(r(ce?)?)?)?$/.test(word));
}

const isFlag =
  (letter: string, ...long: string[]) =>
  (word: string): boolean =>
    long.includes(word) || new RegExp(`^-[a-zA-Z]*${letter}`).test(word);

const recursive = isFlag("R", "--recursive");

const dangers: Record<string, (words: readonly string[]) => string | undefined> = {
  find: (words) => (words.includes("-delete") ? "deletes what it finds" : undefined),
  truncate: () => "cuts files short",
  shred: () => "overwrites files",
  dd: (words) => (words.some((word) => word.startsWith("of=")) ? "overwrites a file or a device" : undefined),
  mkfs: () => "formats a disk",
  wipefs: () => "wipes a disk",
  chmod: (words) => (words.some(recursive) ? "changes permissions of whole folders" : undefined),
  chown: (words) => (words.some(recursive) ? "changes owners of whole folders" : undefined),
  chgrp: (words) => (words.some(recursive) ? "changes groups of whole folders" : undefined),
  ...Object.fromEntries(
    ["ext2", "ext3", "ext4", "xfs", "btrfs", "vfat", "fat"].map((kind) => [`mkfs.${kind}`, () => "formats a disk"]),
  ),
};

const gitValued = new Set([
  "-C",
  "-c",
  "--git-dir",
  "--work-tree",
  "--namespace",
  "--config-env",
  "--exec-path",
  "--super-prefix",
]);

function gitDanger(words: readonly string[]): string | undefined {
  let at = 0;
  while (words[at]?.startsWith("-") === true) at += gitValued.has(words[at] ?? "") ? 2 : 1;
  const rest = words.slice(at + 1);
  const has = (...options: string[]): boolean => rest.some((word) => options.includes(word.replace(/=.*/s, "")));
  switch (words[at]) {
    case "reset":
      return has("--hard") ? "throws away uncommitted changes" : undefined;
    case "clean":
      return rest.some(isFlag("f", "--force")) ? "deletes files that git does not know" : undefined;
    case "push":
      return pushesOver(rest) ? "rewrites or deletes branches of a remote" : undefined;
    case "branch":
      return has("-D") || (has("-d", "--delete") && has("-f", "--force"))
        ? "deletes branches that may not be merged"
        : undefined;
    case "checkout":
      return has("-f", "--force", "--", ".") ? "throws away uncommitted changes" : undefined;
    case "restore":
      return has("--staged") && !has("--worktree") ? undefined : "throws away uncommitted changes";
    case "stash":
      return has("drop", "clear") ? "deletes stashed changes" : undefined;
    case "filter-branch":
    case "filter-repo":
      return "rewrites history";
    case "reflog":
      return has("expire", "delete") ? "deletes what could be recovered" : undefined;
    default:
      return undefined;
  }
}

const pushesOver = (words: readonly string[]): boolean =>
  words.some(
    (word) => isFlag("f", "--force", "--mirror", "--delete", "-d", "--prune")(word) || /^(--force-|\+|:)/.test(word),
  );
