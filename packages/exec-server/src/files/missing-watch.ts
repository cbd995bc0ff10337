import { pathKind } from "@codex/platform/read-file";
import { watchPath, type PathWatch } from "@codex/platform/watch-path";

/** Waits for one of some paths to appear. A client has one such wait at a time: a new one takes the place of the last. */
export type MissingWatch = {
  /** Calls `onChanged` once, when one of the paths appears; false, and no wait, where one is there already or none is given. */
  wait(paths: readonly string[], onChanged: () => void): boolean;
  close(): void;
};

export function openMissingWatch(): MissingWatch {
  let watches: PathWatch[] = [];
  const close = (): void => {
    for (const watch of watches.splice(0)) watch.close();
  };
  const isThere = (path: string): boolean => pathKind(path) !== "absent";
  return {
    wait(paths, onChanged) {
      close();
      if (paths.length === 0 || paths.some(isThere)) return false;
      const look = (): void => {
        if (watches.length === 0 || !paths.some(isThere)) return;
        close();
        onChanged();
      };
      watches = paths.map((path) => watchPath(path, look, 0));
      // One may have come before the watch began to listen.
      setTimeout(look, 0);
      return true;
    },
    close,
  };
}
