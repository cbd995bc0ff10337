import { isSafeGit } from "./safe-git.ts";
import { readsOnly, type Options } from "./reads-only.ts";

/**
 * True where each of the commands is safe or allowed by other means, and git works in the folder we know: settings of another
 * one may run programs.
 */
export function areSafeCommands(
  commands: readonly (readonly string[])[],
  isAllowed: (words: readonly string[]) => boolean,
): boolean {
  const moves = commands.findIndex(([program]) => program === "cd");
  const isSafe = (words: readonly string[], at: number): boolean =>
    isSafeCommand(words) && (moves === -1 || at < moves || !isGit(words));
  return commands.every((words, at) => isAllowed(words) || isSafe(words, at));
}

const isGit = ([program = ""]: readonly string[]): boolean => /(^|\/)git$/.test(program);

/**
 * True where a command is proven to do nothing but read and print, by every word of it: an option that is not known to be
 * harmless makes it unsafe. Still to be run in the sandbox: what it reads may decide more than we know. Pure.
 */
export function isSafeCommand(words: readonly string[]): boolean {
  const [program = "", ...rest] = words;
  // A program of that name somewhere else may be anything.
  const name = program.replace(/^(\/usr)?\/bin\//, "");
  if (name === "git") return isSafeGit(rest);
  if (name === "find") return isSafeFind(rest);
  if (name === "sed") return isSafeSed(rest);
  const options = Object.hasOwn(readers, name) ? readers[name] : undefined;
  return options !== undefined && readsOnly(rest, options);
}

const anyWords: Options = { anything: true };

/** Programs that only read, by the options that leave them so. Source: their manuals (GNU, BSD, ripgrep). */
const readers: Record<string, Options> = {
  base64: { flags: "dDi", valued: "w", long: "decode ignore-garbage", longValued: "wrap" },
  cat: {
    flags: "AbeEnstTuv",
    long: "show-all number-nonblank show-ends number squeeze-blank show-tabs show-nonprinting",
  },
  cd: { flags: "LPe@" },
  cut: {
    flags: "nsz",
    valued: "bcdf",
    long: "complement only-delimited zero-terminated",
    longValued: "bytes characters delimiter fields output-delimiter",
  },
  echo: anyWords,
  expr: anyWords,
  false: anyWords,
  grep: {
    flags: "EFGPivwxycLloqsbHhnTZUarRIz",
    valued: "efmABCdD",
    long: `extended-regexp fixed-strings basic-regexp perl-regexp ignore-case no-ignore-case invert-match word-regexp line-regexp
      count files-without-match files-with-matches only-matching quiet silent no-messages byte-offset with-filename no-filename
      line-number initial-tab null text recursive dereference-recursive binary line-buffered null-data`,
    longValued: `regexp file max-count after-context before-context context binary-files devices directories exclude
      exclude-dir exclude-from include label`,
    longOptional: "color colour",
  },
  head: {
    flags: "qvz0123456789",
    valued: "nc",
    long: "quiet silent verbose zero-terminated",
    longValued: "lines bytes",
  },
  id: { flags: "agGnruzZ", long: "context group groups name real user zero" },
  ls: {
    flags: "1aAbBcCdDfFgGhHiklLmnNopqQrRsStuUvxXZ",
    valued: "ITw",
    long: `all almost-all author escape ignore-backups directory dired classify file-type no-group human-readable si
      dereference-command-line dereference-command-line-symlink-to-dir inode kibibytes dereference numeric-uid-gid literal
      hide-control-chars show-control-chars quote-name reverse recursive size context full-time group-directories-first zero`,
    longValued: "block-size format hide indicator-style ignore quoting-style sort tabsize time time-style width",
    longOptional: "color hyperlink",
  },
  nl: {
    flags: "p",
    valued: "bdfhilnsvw",
    long: "no-renumber",
    longValued: `body-numbering section-delimiter footer-numbering header-numbering line-increment join-blank-lines
      number-format number-separator starting-line-number number-width`,
  },
  numfmt: {
    flags: "z",
    valued: "d",
    long: "debug grouping zero-terminated",
    longValued: "delimiter field format from from-unit invalid padding round suffix to to-unit",
    longOptional: "header",
  },
  paste: { flags: "sz", valued: "d", long: "serial zero-terminated", longValued: "delimiters" },
  pwd: { flags: "LP", long: "logical physical" },
  rev: {},
  rg: {
    flags: "abcFhHiIlLnNoPpqsSuUvVwx0",
    valued: "eEfgjmrtTABCMd",
    long: `files files-with-matches files-without-match count count-matches line-number no-line-number ignore-case smart-case
      case-sensitive fixed-strings word-regexp line-regexp invert-match only-matching multiline multiline-dotall hidden
      no-hidden no-ignore no-ignore-vcs no-ignore-parent no-ignore-global no-ignore-dot no-config follow no-follow heading
      no-heading with-filename no-filename column no-column trim stats json vimgrep text unrestricted pcre2 quiet null
      null-data crlf pretty one-file-system type-list byte-offset passthru no-messages glob-case-insensitive
      max-columns-preview sort-files no-unicode`,
    longValued: `regexp file glob iglob type type-not type-add type-clear max-count max-depth max-filesize max-columns
      after-context before-context context replace color colors sort sortr threads encoding engine path-separator
      context-separator field-match-separator field-context-separator ignore-file`,
  },
  seq: { flags: "w", valued: "fs", long: "equal-width", longValued: "format separator", numbers: true },
  stat: { flags: "LftxrsnqF", valued: "c", long: "dereference file-system terse", longValued: "format printf cached" },
  tac: { flags: "br", valued: "s", long: "before regex", longValued: "separator" },
  tail: {
    flags: "qrvz0123456789",
    valued: "nc",
    long: "quiet silent verbose zero-terminated",
    longValued: "lines bytes",
  },
  tr: { flags: "cCdst", long: "complement delete squeeze-repeats truncate-set1" },
  true: anyWords,
  uname: {
    flags: "asnrvmpio",
    long: `all kernel-name nodename kernel-release kernel-version machine processor hardware-platform operating-system`,
  },
  // Its second operand is a file that it writes.
  uniq: {
    flags: "cdDiuz",
    valued: "fsw",
    long: "count repeated ignore-case unique zero-terminated",
    longValued: "skip-fields skip-chars check-chars",
    longOptional: "group all-repeated",
    mostOperands: 1,
  },
  wc: { flags: "clLmw", long: "bytes chars lines max-line-length words", longValued: "total files0-from" },
  which: { flags: "as", long: "all" },
  whoami: {},
};

/** Tests and actions of `find` that neither write nor run anything, by the number of words that belong to them. */
const findWords = new Map<string, number>([
  ..."-print -print0 -ls -not ! -o -or -a -and ( ) , -empty -prune -quit -follow -xdev -mount -depth -d -true -false -readable -writable -executable -nouser -nogroup -daystart -noleaf -ignore_readdir_race -warn -nowarn"
    .split(" ")
    .map((word) => [word, 0] as const),
  ..."-name -iname -path -ipath -wholename -iwholename -regex -iregex -regextype -lname -ilname -type -xtype -maxdepth -mindepth -size -mtime -mmin -atime -amin -ctime -cmin -newer -anewer -cnewer -newermt -user -group -uid -gid -perm -links -inum -samefile -printf -fstype -used"
    .split(" ")
    .map((word) => [word, 1] as const),
]);

function isSafeFind(words: readonly string[]): boolean {
  let at = words.findIndex((word) => !["-H", "-L", "-P"].includes(word));
  if (at === -1) return true;
  // The folders come before the expression.
  while (at < words.length && !/^[-(!,)]/.test(words[at] ?? "")) at += 1;
  for (; at < words.length; at++) {
    const own = findWords.get(words[at] ?? "");
    if (own === undefined || at + own >= words.length) return false;
    at += own;
  }
  return true;
}

/** Only the printing of lines by number: scripts of `sed` can write files and run commands. */
function isSafeSed([option, script = "", file, ...more]: readonly string[]): boolean {
  const printsLines = option === "-n" && /^\d+(,\d+)?p$/.test(script);
  return printsLines && more.length === 0 && file?.startsWith("-") !== true;
}
