import { copyPath } from "@codex/platform/file-operations";
import { answerFile, nothing } from "../files/answer-file.ts";
import { filePath } from "../files/file-path.ts";
import type { Handler } from "../handler.ts";

export const fsCopy: Handler<"fs/copy"> = async ({ sourcePath, destinationPath, recursive = false }) => {
  const destination = filePath(destinationPath);
  if (!destination.ok) return destination;
  return answerFile(sourcePath, (source) => copyPath(source, destination.value, recursive), nothing);
};
