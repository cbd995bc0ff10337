import { holdPlaceholder, type HeldFolder } from "@codex/platform/placeholder-folder";

/** Paths that something stands at now, until `release` (call it once). */
export type Placeholders = { readonly standing: readonly string[]; release(): void };

/**
 * Puts an empty folder at those of `paths` where nothing is, so that a command cannot make it, and keeps those that other commands
 * have put there. Throws where the disk does not allow it.
 */
export function holdPlaceholders(paths: readonly string[]): Placeholders {
  const held: HeldFolder[] = [];
  const release = (): void => {
    for (const folder of held) folder.release();
  };
  try {
    const standing = paths.filter((path) => {
      const folder = holdPlaceholder(path);
      if (typeof folder === "object") held.push(folder);
      return folder !== "impossible";
    });
    return { standing, release };
  } catch (error) {
    release();
    throw error;
  }
}
