/** A patch as written: operations in their order. Paths are as the model wrote them. */
export type Patch = readonly Operation[];

export type Operation =
  | { readonly kind: "add"; readonly path: string; readonly content: string }
  | { readonly kind: "delete"; readonly path: string }
  | { readonly kind: "update"; readonly path: string; readonly moveTo?: string; readonly hunks: readonly Hunk[] };

/** One place of a file. `contexts` are the texts after `@@`, to be found one after the other before the lines. */
export type Hunk = {
  readonly contexts: readonly string[];
  readonly lines: readonly HunkLine[];
  /** The lines are the file's last ones. */
  readonly endOfFile: boolean;
};

/** " " is kept, "-" is removed, "+" is new. Texts have no line ending. */
export type HunkLine = { readonly mark: " " | "-" | "+"; readonly text: string };

export const marker = {
  begin: "*** Begin Patch",
  end: "*** End Patch",
  add: "*** Add File: ",
  delete: "*** Delete File: ",
  update: "*** Update File: ",
  move: "*** Move to: ",
  endOfFile: "*** End of File",
  context: "@@",
} as const;
