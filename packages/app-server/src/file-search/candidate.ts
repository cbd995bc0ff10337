import { type FoldedText, foldText } from "./fold-text.ts";

/** A path that can be found. */
export type Candidate = {
  readonly root: string;
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly kind: "file" | "directory";
  readonly text: FoldedText;
  /** Of its last part. */
  readonly name: FoldedText;
};

function candidateOf(root: string, path: string, kind: Candidate["kind"]): Candidate {
  const text = foldText(path);
  const start = text.shape.lastIndexOf("/") + 1;
  const name = { shape: text.shape.slice(start), lower: text.lower.slice(start), plain: text.plain.slice(start) };
  return { root, path, kind, text, name };
}

/** Makes candidates of the files that are found below a root, and of the folders on the way to them, each once. */
export function candidateMaker(root: string): (files: readonly string[]) => Candidate[] {
  const folders = new Set<string>();
  return (files) => {
    const found: Candidate[] = [];
    for (const file of files) {
      found.push(candidateOf(root, file, "file"));
      let end = file.lastIndexOf("/");
      while (end > 0 && !folders.has(file.slice(0, end))) {
        const folder = file.slice(0, end);
        folders.add(folder);
        found.push(candidateOf(root, folder, "directory"));
        end = folder.lastIndexOf("/");
      }
    }
    return found;
  };
}
