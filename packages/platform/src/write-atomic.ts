import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { canonicalPath } from "./canonical-path.ts";
import { randomHex } from "./ids.ts";
import { fileProblem, type FileProblem } from "./read-file.ts";

/**
 * Replaces the file's content in one step: a reader sees the old text or the new one, also after a crash.
 * An existing file keeps its permissions, a new one gets `mode`. A symbolic link is kept and its target replaced,
 * since people link their settings into a repository of dotfiles. `tighten`: an existing file gets `mode` too.
 */
export function writeAtomic(
  path: string,
  content: string | Uint8Array,
  mode = 0o600,
  { tighten = false } = {},
): Result<void, FileProblem> {
  const canonical = canonicalPath(path);
  if (!canonical.ok) return canonical;
  const target = canonical.value;
  const temporary = `${target}.${randomHex(12)}.tmp`;
  try {
    const kept = tighten ? undefined : statSync(target, { throwIfNoEntry: false })?.mode;
    writeWhole(temporary, content, kept ?? mode);
    renameSync(temporary, target);
    syncFolder(dirname(target));
    return ok(undefined);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    return err(fileProblem(path, thrown));
  }
}

/** Makes a folder, and those above it, for its owner alone. */
export function makePrivateFolder(path: string): Result<void, FileProblem> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return ok(undefined);
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}

function writeWhole(path: string, content: string | Uint8Array, mode: number): void {
  const file = openSync(path, "wx", 0o600);
  try {
    const bytes = Buffer.from(content);
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the new name durable. Where a folder cannot be opened (Windows) the rename alone must do. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // The content is already in place; only its durability over a power cut is weaker.
  }
}
