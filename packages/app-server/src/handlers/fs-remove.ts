import { removePath } from "@codex/platform/file-operations";
import { answerFile, nothing } from "../files/answer-file.ts";
import type { Handler } from "../handler.ts";

export const fsRemove: Handler<"fs/remove"> = ({ path, recursive, force }) => {
  const how = { whole: recursive ?? true, missingIsFine: force ?? true };
  return answerFile(path, (place) => removePath(place, how), nothing);
};
