import { folderEntries } from "@codex/platform/file-operations";
import { answerFile } from "../files/answer-file.ts";
import type { Handler } from "../handler.ts";

export const fsReadDirectory: Handler<"fs/readDirectory"> = ({ path }) =>
  answerFile(path, folderEntries, (entries) => ({ entries }));
