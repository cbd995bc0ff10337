import { readsOnly, type Options } from "./reads-only.ts";

/**
 * True where a call of git only shows things. Options before the subcommand make it unsafe: they choose another repository,
 * another program or other settings, and git runs what settings name (hooks, monitors, filters, pagers). Pure.
 */
export function isSafeGit([subcommand = "", ...words]: readonly string[]): boolean {
  // Formats that show who signed run the program which checks signatures.
  if (words.some((word) => /%G|signature/.test(word))) return false;
  if (subcommand === "branch") return isListing(words);
  const options = Object.hasOwn(subcommands, subcommand) ? subcommands[subcommand] : undefined;
  return options !== undefined && readsOnly(words, options);
}

/** Not among them: `--output`, `--ext-diff`, `--textconv`, `--no-index`, `-O`, `--exec`, `--show-signature`. */
const diffOptions = {
  flags: "pusRaBCMDwbWz0123456789",
  valued: "USGlX",
  long: `patch no-patch raw stat numstat shortstat summary name-only name-status minimal patience histogram no-color
    word-diff color-words no-renames check full-index binary cached staged merge-base find-renames find-copies text
    ignore-cr-at-eol ignore-space-at-eol ignore-space-change ignore-all-space ignore-blank-lines function-context
    no-ext-diff no-textconv quiet exit-code cc dirstat compact-summary no-prefix pickaxe-all pickaxe-regex`,
  longValued: "unified diff-algorithm inter-hunk-context diff-filter",
  longOptional: "color stat abbrev word-diff find-renames find-copies dirstat ignore-submodules submodule relative",
} as const satisfies Options;

const log: Options = {
  flags: `${diffOptions.flags}grEFicqmt`,
  valued: `${diffOptions.valued}nL`,
  long: `${diffOptions.long} oneline all graph decorate no-decorate merges no-merges first-parent reverse follow date-order
    topo-order author-date-order abbrev-commit no-abbrev-commit full-history simplify-merges ancestry-path left-right cherry
    cherry-pick walk-reflogs boundary parents children no-walk branches tags remotes invert-grep all-match
    regexp-ignore-case fixed-strings extended-regexp relative-date no-notes source`,
  longValued: `${diffOptions.longValued} max-count skip since after until before author committer grep date`,
  longOptional: `${diffOptions.longOptional} pretty format decorate branches tags remotes glob exclude notes`,
};

const subcommands: Record<string, Options> = {
  status: {
    flags: "sbvz",
    long: "short branch show-stash long verbose ahead-behind no-ahead-behind renames no-renames null",
    longOptional: "porcelain untracked-files ignored ignore-submodules column find-renames",
  },
  diff: diffOptions,
  log,
  show: log,
};

const listing = new Set(
  "--list -l --show-current -a --all -r --remotes -v -vv --verbose --no-color --no-column --ignore-case".split(" "),
);

/** Any other word of `git branch` makes or changes one. */
const isListing = (words: readonly string[]): boolean =>
  words.every((word) => listing.has(word) || /^--(format|sort|color|abbrev)=/.test(word));
