import { err, ok, type Result } from "@codex/protocol/result";
import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileProblem } from "./read-file.ts";
import { removeEmptyFolder, removeFile } from "./remove-file.ts";
import { connectToSocket } from "./tcp.ts";
import { lockFolder } from "./try-lock.ts";

/** A path that is ours to listen at. */
export type ClaimedSocket = {
  /** Where to bind: the path itself, or, where that is too long for a socket, one that it links to. */
  readonly bindAt: string;
  /** Others may look again: call once it listens, or never will. */
  settled(): void;
  /** Removes what was made. Call once, after listening has stopped. */
  release(): void;
};

/** Who else stands in the way. */
export type SocketTrouble = { readonly type: "inUse" } | { readonly type: "problem"; readonly reason: string };

/**
 * Makes a path free to listen at: its folder is made for the owner alone, what a server left there that ended by force is
 * removed, one that still answers keeps its place. With `ownFolder` the folder must belong to us alone.
 */
export async function claimSocket(
  path: string,
  { ownFolder }: { ownFolder: boolean },
): Promise<Result<ClaimedSocket, SocketTrouble>> {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (ownFolder) makePrivate(folder);
    const lock = lockFolder(folder, patience);
    if (!lock.ok) return err({ type: "inUse" });
    try {
      const bindAt = Buffer.byteLength(path) <= longestSocketPath ? path : shortPath(path);
      if (await answers(path)) {
        lock.value.release();
        return err({ type: "inUse" });
      }
      for (const left of new Set([path, bindAt])) removeFile(left);
      if (bindAt !== path) symlinkSync(bindAt, path);
      const release = () => {
        for (const made of new Set([bindAt, path])) removeFile(made);
        if (bindAt !== path) removeEmptyFolder(dirname(bindAt));
      };
      return ok({ bindAt, settled: () => lock.value.release(), release });
    } catch (thrown) {
      lock.value.release();
      throw thrown;
    }
  } catch (thrown) {
    return err({
      type: "problem",
      reason: thrown instanceof NotOurs ? thrown.message : fileProblem(path, thrown).reason,
    });
  }
}

/** Where a client connects to reach the server of a path: a path too long for a socket is a link, which must be ours. */
export function socketBehind(path: string): string {
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  try {
    const target = readlinkSync(path);
    const { uid, mode } = statSync(dirname(target));
    return uid === process.getuid?.() && (mode & 0o077) === 0 ? target : path;
  } catch {
    return path;
  }
}

/** ms; whoever else starts here is done within it. */
const patience = 3000;

/** Bytes of a sun_path without its end, on macOS; Linux has four more. */
const longestSocketPath = 103;

class NotOurs extends Error {}

/** Throws where the folder is another's: who owns it decides who listens there. */
function makePrivate(folder: string): void {
  const { uid, mode } = statSync(folder);
  if (uid !== process.getuid?.()) throw new NotOurs(`the folder ${folder} belongs to another user`);
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/**
 * The same short path for one long path always, in a folder that is ours and holds nothing else: who removes it after use
 * must not take away the folder in which another server is about to listen.
 */
function shortPath(path: string): string {
  const id = createHash("sha256").update(path).digest("hex").slice(0, 32);
  const folder = join(process.env["XDG_RUNTIME_DIR"] ?? tmpdir(), `codex-daemon-${process.getuid?.() ?? 0}-${id}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (lstatSync(folder).isSymbolicLink()) throw new NotOurs(`${folder} is a symbolic link`);
  makePrivate(folder);
  return join(folder, "s");
}

async function answers(path: string): Promise<boolean> {
  const connected = await connectToSocket(socketBehind(path));
  if (connected.ok) connected.value.destroy();
  return connected.ok;
}
