import { lstatSync, readlinkSync } from "node:fs";
import { dirname, join, parse, resolve, sep } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { fileProblem, type FileProblem } from "./read-file.ts";

/** As many links as Linux follows for one path. */
const maxLinks = 40;

/**
 * Where a write to the path would end: no `..`, no symbolic link, not even a dangling one. What does not exist stays as it
 * is written. This is the answer of one moment: use it with an anchored folder, which refuses links met later.
 */
export function canonicalPath(path: string): Result<string, FileProblem> {
  try {
    return ok(follow(resolve(path)));
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}

/** The canonical place of the name itself: the links above it are followed, the name is not. For removing and renaming. */
export function canonicalPlace(path: string): Result<string, FileProblem> {
  const absolute = resolve(path);
  const folder = canonicalPath(dirname(absolute));
  return folder.ok ? ok(join(folder.value, parse(absolute).base)) : folder;
}

function follow(path: string): string {
  let current = parse(path).root;
  let rest = namesOf(path);
  for (let links = 0; rest.length > 0;) {
    const [name = "", ...below] = rest;
    const next = join(current, name);
    if (lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink() !== true) {
      current = next;
      rest = below;
      continue;
    }
    if (++links > maxLinks) throw Object.assign(new Error(path), { code: "ELOOP" });
    const target = resolve(current, readlinkSync(next));
    current = parse(target).root;
    rest = [...namesOf(target), ...below];
  }
  return current;
}

const namesOf = (path: string): string[] =>
  path
    .slice(parse(path).root.length)
    .split(sep)
    .filter((name) => name !== "");
