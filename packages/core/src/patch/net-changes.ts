/** What became of one file, over a patch or over a turn. Before and after are undefined where there is no file. */
export type FileChange = {
  /** Where the bytes are: canonical, no links. */
  readonly place: string;
  /** Absolute, as a person knows the file: the working directory and the name in the patch. */
  readonly path: string;
  /** Permission bits before; undefined for a new file. */
  readonly mode: number | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The place that its content moved to. */
  readonly movedTo: string | undefined;
};

/** A change as people count them; a move is one, of two files. */
export type NetChange<File extends FileChange = FileChange> =
  | { readonly kind: "add"; readonly file: File; readonly after: string }
  | { readonly kind: "delete"; readonly file: File; readonly before: string }
  | { readonly kind: "update"; readonly file: File; readonly before: string; readonly after: string }
  | { readonly kind: "move"; readonly file: File; readonly to: File; readonly before: string; readonly after: string };

/** The changes by path. What was added and removed again is none; what was left as it was is an update without difference. */
export function netChanges<File extends FileChange>(files: ReadonlyMap<string, File>): NetChange<File>[] {
  const moves = [...files.values()].flatMap((file) => moveOf(file, files));
  const arrived = new Set(moves.map((move) => move.to.place));
  const others = [...files.values()].filter((file) => !arrived.has(file.place)).flatMap(changeOf);
  const moved = new Set(moves.map((move) => move.file.place));
  return [...moves, ...others.filter((change) => !moved.has(change.file.place))].sort((a, b) =>
    a.file.path < b.file.path ? -1 : 1,
  );
}

type Move<File extends FileChange> = Extract<NetChange<File>, { kind: "move" }>;

function moveOf<File extends FileChange>(file: File, files: ReadonlyMap<string, File>): Move<File>[] {
  const to = file.movedTo === undefined ? undefined : files.get(file.movedTo);
  if (to?.after === undefined || file.before === undefined || file.after !== undefined) return [];
  return [{ kind: "move", file, to, before: file.before, after: to.after }];
}

function changeOf<File extends FileChange>(file: File): NetChange<File>[] {
  const { before, after } = file;
  if (before === undefined) return after === undefined ? [] : [{ kind: "add", file, after }];
  return after === undefined ? [{ kind: "delete", file, before }] : [{ kind: "update", file, before, after }];
}
