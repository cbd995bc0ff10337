import { findNamed } from "@codex/platform/find-named";
import { listFolder } from "@codex/platform/list-folder";
import { lookAtPath } from "@codex/platform/look-at-path";
import { readText, realPath } from "@codex/platform/read-file";
import { sha256 } from "@codex/platform/sha256";
import { lockSoon } from "@codex/platform/try-lock";
import { writeAtomic } from "@codex/platform/write-atomic";
import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { basename, dirname, join, relative, sep } from "node:path";
import { configError } from "./config-problem.ts";
import { foldersBetween } from "./project-root.ts";

/**
 * A trusted project's instructions, settings, rules and skills as they were when the user trusted them. What has changed since
 * has nobody's trust, whoever changed it: a pull, a script, a command of the model.
 */
export type TrustedFiles = {
  /** Whether a file says what it said then; always true of files that are not the project's. */
  holds(path: string, text: string): boolean;
  /** What counts in the working folder and is different now, new or gone: paths from the project's root. */
  changed(): string[];
  /** The same, but for what was declined as it is now. */
  unanswered(): string[];
  /** The user does not want what has changed so far. */
  decline(): void;
  /** Takes the whole project as it is now. */
  accept(): Result<void>;
};

type Where = {
  readonly codexHome: string;
  /** Canonical, as is the working folder. */
  readonly root: string;
  readonly cwd: string;
  /** Names besides AGENTS.md that instructions may have. */
  readonly fallbackNames: readonly string[];
};

/** Hashes by path from the project's root. */
type Hashes = { readonly [path: string]: string };

/** `firstSeen`: nothing was kept of this project yet. */
export function openTrustedFiles(where: Where): TrustedFiles & { readonly firstSeen: boolean } {
  const { root, cwd, codexHome } = where;
  const file = join(codexHome, "trusted-files.json");
  const own = realPath(codexHome) ?? codexHome;
  const names = ["AGENTS.override.md", "AGENTS.md", ...where.fallbackNames];
  const watched = new Set([...names, ".codex", ".agents"]);
  const kept = readHashes(file, root);
  let known: Hashes = kept ?? {};
  let declined: Hashes = {};

  const hashesOf = (places: readonly string[]): Hashes =>
    Object.fromEntries(
      places
        .filter((place) => !isWithin(own, place))
        .flatMap(filesAt)
        .flatMap((path) => {
          const text = readText(path);
          return text.ok && text.value !== undefined ? [[relative(root, path), sha256(text.value)]] : [];
        }),
    );
  /** Of the folders whose files count here. */
  const isHere = (path: string): boolean => {
    const folders = foldersBetween(root, cwd).map((folder) => relative(root, folder));
    const parts = path.split(sep);
    const at = parts.findIndex((part) => watched.has(part));
    return at !== -1 && folders.includes(parts.slice(0, at).join(sep));
  };

  const changes = (): { path: string; hash: string | undefined }[] => {
    const now = hashesOf(foldersBetween(root, cwd).flatMap((folder) => [...watched].map((name) => join(folder, name))));
    const all = new Set([...Object.keys(now), ...Object.keys(known).filter(isHere)]);
    const different = [...all].filter((path) => now[path] !== known[path]);
    return different.sort().map((path) => ({ path, hash: now[path] }));
  };

  return {
    firstSeen: kept === undefined,
    holds(path, text) {
      const place = join(realPath(dirname(path)) ?? dirname(path), basename(path));
      if (!isWithin(root, place) || isWithin(own, place)) return true;
      return known[relative(root, place)] === sha256(text);
    },
    changed: () => changes().map(({ path }) => path),
    unanswered: () => changes().flatMap(({ path, hash }) => (declined[path] === (hash ?? gone) ? [] : [path])),
    decline() {
      declined = Object.fromEntries(changes().map(({ path, hash = gone }) => [path, hash]));
    },
    accept() {
      // Nothing of these is the project's word, and they may be large.
      const found = findNamed(root, [...watched, ".git", "node_modules"]);
      const now = hashesOf(found.filter((path) => watched.has(basename(path))));
      const saved = updateStore(file, root, now);
      if (saved.ok) known = now;
      return saved;
    },
  };
}

/** In place of a hash. */
const gone = "gone";

const isWithin = (folder: string, place: string): boolean => !`${relative(folder, place)}${sep}`.startsWith(`..${sep}`);

/** The file itself, or all files in a folder; a link in it counts as what it leads to, if that is a file. */
function filesAt(path: string): string[] {
  const { kind } = lookAtPath(path);
  if (kind === "file" || kind === "link") return [path];
  return kind === "directory" ? listFolder(path).flatMap((name) => filesAt(join(path, name))) : [];
}

type Store = { readonly [root: string]: unknown };

/** Undefined where it cannot be read, which is not the same as nothing. */
function readStore(file: string): Store | undefined {
  const text = readText(file);
  if (text.ok && text.value === undefined) return {};
  const read = text.ok && text.value !== undefined ? parseJson(text.value) : undefined;
  return isObject(read) ? read : undefined;
}

/** Undefined where nothing was kept yet; what cannot be read is nobody's trust. */
function readHashes(file: string, root: string): Hashes | undefined {
  const store = readStore(file);
  const hashes = store ? store[root] : {};
  return hashes === undefined || isObject(hashes) ? (hashes as Hashes | undefined) : {};
}

/** ms; a change takes a few. */
const patience = 5000;

function updateStore(file: string, root: string, hashes: Hashes): Result<void> {
  const lock = lockSoon(`${file}.lock`, patience);
  const problem = (why: string) =>
    err(configError(`What was trusted in ${root} cannot be kept in ${file}: ${why}. Make it writable and try again.`));
  if (!lock.ok) return problem(lock.error === "busy" ? "another process keeps it locked" : lock.error.reason);
  try {
    const store = readStore(file);
    // Written anew it would forget what else was trusted, and a changed project would count as a new one.
    if (store === undefined) return problem("it is damaged; remove it to begin anew");
    const written = writeAtomic(file, `${JSON.stringify({ ...store, [root]: hashes }, null, 2)}\n`);
    return written.ok ? ok(undefined) : problem(written.error.reason);
  } finally {
    lock.value.release();
  }
}
