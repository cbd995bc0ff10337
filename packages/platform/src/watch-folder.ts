import { type FSWatcher, watch } from "node:fs";

/** What happened to a name in a watched folder, or to a watched file itself: it came, went or was renamed, or it changed. */
export type OnEvent = (event: "rename" | "change", name: string) => void;

type Watched = { watcher: FSWatcher | undefined; readonly listeners: Set<OnEvent> };

/** One watcher a path: Bun shares them by path, also with one whose folder has been replaced meanwhile and that hears nothing. */
const watchedPaths = new Map<string, Watched>();

/** Not deeper than the folder. Where nothing can be watched at `path` nothing is heard until `renewWatch`. Call the result to end it. */
export function watchFolder(path: string, onEvent: OnEvent): () => void {
  const known = watchedPaths.get(path);
  const watched: Watched = known ?? { watcher: undefined, listeners: new Set() };
  watched.listeners.add(onEvent);
  watchedPaths.set(path, watched);
  if (!watched.watcher) open(path, watched);
  return () => {
    watched.listeners.delete(onEvent);
    if (watched.listeners.size > 0 || watchedPaths.get(path) !== watched) return;
    watchedPaths.delete(path);
    watched.watcher?.close();
  };
}

/** Watches what stands at `path` now, for everybody who watches it: another file or folder has taken its place. */
export function renewWatch(path: string): void {
  const watched = watchedPaths.get(path);
  if (!watched) return;
  watched.watcher?.close();
  open(path, watched);
}

function open(path: string, watched: Watched): void {
  try {
    const watcher = watch(path, { persistent: false });
    watcher.on("change", (event: string, name: string | Buffer | null) => {
      const kind = event === "rename" ? "rename" : "change";
      for (const listener of [...watched.listeners]) listener(kind, String(name ?? ""));
    });
    // It is gone, or may not be looked at any more.
    watcher.on("error", () => watcher.close());
    watched.watcher = watcher;
  } catch {
    watched.watcher = undefined;
  }
}
