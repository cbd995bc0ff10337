import { lstatSync, readlinkSync, renameSync, symlinkSync } from "node:fs";
import { randomHex } from "./ids.ts";

/**
 * Remembers a symbolic link. The function it returns puts the link back if something else stands there by then, which keeps
 * its content under a new name: its path, or undefined where nothing was to be done.
 */
export function keepLink(path: string): () => string | undefined {
  const text = linkText(path);
  return () => {
    if (text === undefined || linkText(path) === text) return undefined;
    const aside = `${path}.replaced-${randomHex(6)}`;
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    if (isThere) renameSync(path, aside);
    symlinkSync(text, path);
    return isThere ? aside : undefined;
  };
}

function linkText(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
