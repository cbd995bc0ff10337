import { makeFolder } from "@codex/platform/file-operations";
import { answerFile, nothing } from "../files/answer-file.ts";
import type { Handler } from "../handler.ts";

export const fsCreateDirectory: Handler<"fs/createDirectory"> = ({ path, recursive }) =>
  answerFile(path, (place) => makeFolder(place, recursive ?? true), nothing);
