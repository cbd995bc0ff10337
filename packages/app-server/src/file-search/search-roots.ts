import type { Environment } from "@codex/platform/env";
import { listFiles } from "@codex/platform/list-files";
import { resolve, sep } from "node:path";
import { candidateMaker, type Candidate } from "./candidate.ts";

/** How files are found on this machine. */
export type FileFinder = {
  /** The path of ripgrep. */
  readonly rg: string;
  readonly env: Environment;
  /** Absolute; where relative roots begin. */
  readonly cwd: string;
};

export type Listing = {
  /** Grows until `done`. */
  readonly candidates: readonly Candidate[];
  readonly finished: Promise<void>;
  readonly done: boolean;
};

/** Begins to list what can be found below `roots`. What lies in two of them counts for the inner one. */
export function searchRoots(roots: readonly string[], { rg, env, cwd }: FileFinder, signal: AbortSignal): Listing {
  const candidates: Candidate[] = [];
  let done = false;
  const places = new Map(roots.map((root) => [resolve(cwd, root), root]));
  const listOne = async ([place, root]: [string, string]): Promise<void> => {
    const inner = [...places.keys()].filter(
      (other) => other.startsWith(place === sep ? sep : `${place}${sep}`) && other !== place,
    );
    const prefixes = inner.map((other) => `${other.slice(place === sep ? 1 : place.length + 1)}/`);
    const make = candidateMaker(root);
    const add = (files: string[]): void => {
      const own =
        prefixes.length === 0 ? files : files.filter((file) => !prefixes.some((each) => file.startsWith(each)));
      for (const candidate of make(own)) candidates.push(candidate);
    };
    await listFiles(rg, place, env, add, signal);
  };
  const finished = Promise.all([...places].map(listOne)).then(() => {
    done = true;
  });
  return {
    candidates,
    finished,
    get done() {
      return done;
    },
  };
}
