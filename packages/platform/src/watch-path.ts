import { basename, dirname, join } from "node:path";
import { listFolder } from "./list-folder.ts";
import { pathKind } from "./read-file.ts";
import { renewWatch, watchFolder } from "./watch-folder.ts";

/** How long changes are gathered from the first one on, ms. Source: the original. */
const gatherTime = 200;

export type PathWatch = { close(): void };

/**
 * Tells of changes to a file, or to a folder and the names in it, not deeper. What is not there yet, goes, or comes back is
 * heard of as well. `path` is absolute, without `.` and `..`; a link is followed and stays the name of what is told.
 */
export function watchPath(path: string, onChanged: (paths: string[]) => void, gather = gatherTime): PathWatch {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stops: (() => void)[] = [];
  let there = pathKind(path) !== "absent";

  const tell = (paths: readonly string[]) => {
    for (const each of paths) changed.add(each);
    if (changed.size === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      const all = [...changed].sort();
      changed.clear();
      onChanged(all);
    }, gather);
  };

  /** A folder that goes tells so by its own name, which something in it may have as well. */
  const isItself = (heard: string): boolean => heard === basename(path) && pathKind(path) === "absent";

  /** What comes between the look and the watch is not heard of, so it is looked again. */
  const arm = () => {
    for (let place = armAt(nearestPlace(path)); place !== nearestPlace(path);) place = armAt(nearestPlace(path));
  };

  const armAt = (place: string): string => {
    for (const stop of stops) stop();
    const isFolder = place === path && pathKind(path) === "directory";
    stops = placesToHear(path, place).map(({ at, name }) =>
      watchFolder(at, (event, heard) => {
        if (name !== undefined && heard !== name) return;
        if (name === undefined) tell([isFolder && !isItself(heard) ? join(path, heard) : path]);
        else if (place === path) tell(event === "change" && isFolder ? [] : [path]);
        if (name !== undefined && event === "rename") moved();
      }),
    );
    return place;
  };

  /** Something on the way to the path has come or gone. */
  const moved = () => {
    const before = there;
    renewWatch(path);
    arm();
    there = pathKind(path) !== "absent";
    if (there && !before) tell([path, ...listFolder(path).map((name) => join(path, name))]);
    else if (before && !there) tell([path]);
  };

  arm();
  return {
    close() {
      clearTimeout(timer);
      for (const stop of stops) stop();
      stops = [];
    },
  };
}

/** The path itself where there is something, else the folder nearest to it. */
function nearestPlace(path: string): string {
  let place = path;
  while (pathKind(place) === "absent" && dirname(place) !== place) place = dirname(place);
  return place;
}

/** `name`: only what happens to it counts; without one it is the path itself that is watched. */
type Ear = { readonly at: string; readonly name: string | undefined };

/** Where to listen: at the folder around it for its coming and going, and at what is there for the rest. */
function placesToHear(path: string, place: string): Ear[] {
  if (place !== path) {
    const [next] = path.slice(place === "/" ? 1 : place.length + 1).split("/");
    return [{ at: place, name: next }, ...earAround(place)];
  }
  return [{ at: path, name: undefined }, ...earAround(path)];
}

const earAround = (path: string): Ear[] =>
  dirname(path) === path ? [] : [{ at: dirname(path), name: basename(path) }];
