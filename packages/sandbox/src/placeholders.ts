import { holdPlaceholder, type HeldFolder } from "@codex/platform/placeholder-folder";

/** Paths that something stands at now, until `release` (call it once). */
export type Placeholders = { readonly standing: readonly string[]; release(): void };

export type PlaceholderKeeper = {
  /**
   * Puts an empty folder at those of `paths` where nothing is, so that a command cannot make it, and keeps those that other
   * commands have put there. Throws where the disk does not allow it.
   */
  hold(paths: readonly string[]): Placeholders;
  /** Removes at once what no command needs: for a command that may well make them. */
  clear(): void;
};

type Kept = { readonly folder: HeldFolder; users: number };

/**
 * Keeps the folders a moment longer than a command, so that removing them costs a turn no time, and the next command of a row
 * finds them. `atExit` is told what to do if the process ends before that, and returns a function that takes it back.
 */
export function keepPlaceholders(atExit: (act: () => void) => () => void): PlaceholderKeeper {
  const kept = new Map<string, Kept>();
  let pending: { readonly timer: NodeJS.Timeout; readonly forget: () => void } | undefined;

  const clear = (): void => {
    clearTimeout(pending?.timer);
    pending?.forget();
    pending = undefined;
    for (const [path, { folder, users }] of kept) {
      if (users > 0) continue;
      kept.delete(path);
      folder.release();
    }
  };

  const letGo = (path: string, own: Kept): void => {
    own.users -= 1;
    if (own.users > 0) return;
    if (kept.get(path) !== own) own.folder.release();
    else pending ??= { timer: setTimeout(clear, moment).unref(), forget: atExit(clear) };
  };

  /** What was replaced meanwhile stays with the commands that hold it, and a new one is looked for. */
  const take = (path: string): Kept | "exists" | "impossible" => {
    const known = kept.get(path);
    if (known?.folder.stands()) return known;
    kept.delete(path);
    if (known?.users === 0) known.folder.release();
    const folder = holdPlaceholder(path);
    if (typeof folder !== "object") return folder;
    const own = { folder, users: 0 };
    kept.set(path, own);
    return own;
  };

  return {
    clear,
    hold(paths) {
      const held = new Map<string, Kept>();
      const release = (): void => {
        for (const [path, own] of held) letGo(path, own);
      };
      try {
        const standing = [...new Set(paths)].filter((path) => {
          const own = take(path);
          if (typeof own === "string") return own === "exists";
          own.users += 1;
          held.set(path, own);
          return true;
        });
        return { standing, release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

/** ms. Longer than the time between two commands of a row, shorter than anybody looks. */
const moment = 100;
