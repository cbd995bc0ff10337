import { largestFile, type Unsuitable } from "@codex/platform/file-operations";

/** Why it cannot be done, in the original's words. */
export const unsuitableText = (code: Unsuitable["code"], path: string): string => sentences[code](path);

const sentences: { readonly [C in Unsuitable["code"]]: (path: string) => string } = {
  notAFile: (path) => `path \`${path}\` is not a file`,
  fileTooLarge: () => `file is too large to read: limit is ${largestFile} bytes`,
  needsRecursive: () => "fs/copy requires recursive: true when sourcePath is a directory",
  intoItself: () => "fs/copy cannot copy a directory to itself or one of its descendants",
  cannotBeCopied: () => "fs/copy only supports regular files, directories, and symlinks",
};
