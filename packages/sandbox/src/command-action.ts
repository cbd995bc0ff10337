import type { CommandAction } from "@codex/protocol/items";

type WithoutCommand<T> = T extends CommandAction ? Omit<T, "command"> : never;
type Action = WithoutCommand<Exclude<CommandAction, { type: "unknown" }>>;

/** What one command does, from its words; undefined where they do not tell. */
export function actionOfCommand(words: readonly string[]): Action | undefined {
  const [name = "", ...rest] = words;
  return actions.get(name)?.(rest);
}

/** Options whose value is the next word. */
const valued = {
  list: "-I -L -P -d -w -B -X --ignore --level --max-depth --exclude --sort --charset --filelimit --block-size --time-style",
  grep: "-e -f -A -B -C -m -d -D --regexp --file --include --exclude --exclude-dir --context --max-count",
  rg: "-e -f -A -B -C -m -g -t -T -j -d -E -M -r --regexp --file --glob --iglob --type --type-not --context --max-count --max-depth --sort --sortr --encoding --threads --replace",
  fd: "-t -e -E -d -j -S -c --type --extension --exclude --max-depth --min-depth --threads --size --color",
  page: "-l -r -H --language --line-range --highlight-line --theme --style --paging --color --wrap",
  nl: "-s -w -v -i -b -f -h -d -l -n",
  awk: "-F -v -f",
};

const actions = new Map<string, (words: string[]) => Action | undefined>([
  ...["ls", "eza", "exa", "tree", "du"].map((name) => [name, list] as const),
  ...["grep", "egrep", "fgrep", "ag", "ack", "pt"].map((name) => [name, search("grep")] as const),
  ...["cat", "bat", "batcat", "less", "more"].map((name) => [name, readOne("page")] as const),
  ...["python", "python3"].map((name) => [name, python] as const),
  ["nl", readOne("nl")],
  ["awk", awk],
  ["head", readEnd(/^\d+$/)],
  ["tail", readEnd(/^\+?\d+$/)],
  ["sed", sed],
  ["rg", ripgrep],
  ["fd", fd],
  ["find", find],
  ["git", git],
]);

const filters = new Set(["wc", "tr", "cut", "sort", "uniq", "column", "awk", "head", "tail", "sed"]);
const harmlessForXargs = new Set([...filters, "cat", "grep", "rg", "ls", "stat", "file"]);

/** Only reshapes what it is piped. */
export function isFilter([name = "", ...words]: readonly string[]): boolean {
  if (name === "xargs") return harmlessForXargs.has(words.find((word) => !word.startsWith("-")) ?? "");
  return filters.has(name) && !(name === "sed" && words.some((word) => /^(-\w*i|--in-place)/.test(word)));
}

/** The words that are no options and no options' values. */
function operands(words: readonly string[], kind: keyof typeof valued): string[] {
  const takesValue = new Set(valued[kind].split(" "));
  const found: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return [...found, ...words.slice(at + 1)];
    if (takesValue.has(word)) at += 1;
    else if (!word.startsWith("-") || word === "-") found.push(word);
  }
  return found;
}

const commonFolders = new Set(["build", "dist", "node_modules", "src", ""]);

/** The part of a path that says most: its last name that is not one which every project has. */
function shortName(path: string): string {
  return path.split("/").findLast((part) => !commonFolders.has(part)) ?? path;
}

const shortPath = (path: string | undefined): string | null => (path === undefined ? null : shortName(path));

const read = (path: string | undefined): Action | undefined =>
  path === undefined || path === "-" ? undefined : { type: "read", name: shortName(path), path };

const listed = (path: string | undefined): Action => ({ type: "listFiles", path: shortPath(path) });

const searched = (query: string | undefined, path: string | undefined): Action => ({
  type: "search",
  query: query ?? null,
  path: shortPath(path),
});

function list(words: string[]): Action {
  return listed(operands(words, "list")[0]);
}

function search(kind: "grep" | "rg") {
  return (words: string[]): Action => {
    const named = words[words.findIndex((word) => word === "-e" || word === "--regexp") + 1];
    const rest = operands(words, kind);
    return words.some((word) => word === "-e" || word === "--regexp")
      ? searched(named, rest[0])
      : searched(rest[0], rest[1]);
  };
}

function ripgrep(words: string[]): Action {
  return words.includes("--files") ? listed(operands(words, "rg")[0]) : search("rg")(words);
}

function fd(words: string[]): Action {
  const [query, path] = operands(words, "fd");
  return query === undefined ? listed(undefined) : searched(query, path);
}

const findTests = new Set(["-name", "-iname", "-path", "-ipath", "-wholename", "-regex", "-iregex"]);

/** `find` can also delete and run programs: then it is more than a search. */
function find(words: string[]): Action | undefined {
  if (words.some((word) => /^-(delete|exec|execdir|ok|okdir|fls|fprint.*)$/.test(word))) return undefined;
  const path = words.find((word) => !["-H", "-L", "-P"].includes(word));
  const start = path === undefined || /^[-(!]/.test(path) ? undefined : path;
  const test = words.findIndex((word) => findTests.has(word));
  return test === -1 ? listed(start) : searched(words[test + 1], start);
}

function git([name, ...words]: string[]): Action | undefined {
  if (name === "grep") return search("grep")(words);
  return name === "ls-files" ? listed(operands(words, "list")[0]) : undefined;
}

function readOne(kind: "page" | "nl") {
  return (words: string[]): Action | undefined => {
    const [path, ...more] = operands(words, kind);
    return more.length === 0 ? read(path) : undefined;
  };
}

function awk(words: string[]): Action | undefined {
  const [program, path, ...more] = operands(words, "awk");
  return program !== undefined && more.length === 0 ? read(path) : undefined;
}

/** `head` and `tail`: a file, and at most a number of lines. */
function readEnd(count: RegExp) {
  return (words: string[]): Action | undefined => {
    const [first = "", second = ""] = words;
    const isApart = first === "-n" && count.test(second);
    const isJoined = first.startsWith("-n") && count.test(first.slice(2));
    const [path, ...more] = words.slice(isApart ? 2 : isJoined ? 1 : 0);
    return more.length === 0 && path?.startsWith("-") === false ? read(path) : undefined;
  };
}

/** `sed` that prints lines by number. */
function sed([quiet, ...words]: string[]): Action | undefined {
  const [lines = "", path, ...more] = words[0] === "-e" ? words.slice(1) : words;
  return quiet === "-n" && /^\d+(,\d+)?p$/.test(lines) && more.length === 0 ? read(path) : undefined;
}

/** A one-liner that walks folders. */
function python([option, program = ""]: string[]): Action | undefined {
  const walks = /\b(os\.(listdir|walk|scandir)|glob\.i?glob)\(/.test(program);
  return option === "-c" && walks ? listed(undefined) : undefined;
}
