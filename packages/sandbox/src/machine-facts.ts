/** What stands at a path, the last link not followed; `target` is where a link leads. */
export type PathFacts =
  | { readonly kind: "missing" }
  | { readonly kind: "file" | "directory" | "other" }
  | { readonly kind: "link"; readonly target: string };

/** What of the machine a plan depends on. */
export type MachineFacts = {
  /** The TMPDIR variable of the person's environment. */
  readonly tmpdir: string | undefined;
  readonly codexHome: string;
  /** Sockets through which a command could leave the sandbox when it has network access (container runtimes, the session bus). */
  readonly sockets: readonly string[];
  look(path: string): PathFacts;
  /** The names in a folder. */
  list(folder: string): readonly string[];
  /** What a glob fits below a folder, at most so many folders deep. */
  expand(folder: string, glob: string, depth: number | undefined): readonly string[];
  /** What bears one of the names, at any depth below the folder; not what is in such things, nor behind links. */
  findNamed(folder: string, names: readonly string[]): readonly string[];
  /** The path without links; undefined where it does not exist. */
  realPath(path: string): string | undefined;
  /** The folders that a `.git` file points to. */
  gitFolders(pointer: string): readonly string[];
};
