import { fileMetadata } from "@codex/platform/file-operations";
import { answerFile } from "../files/answer-file.ts";
import type { Handler } from "../handler.ts";

export const fsGetMetadata: Handler<"fs/getMetadata"> = ({ path }) =>
  answerFile(path, fileMetadata, ({ size: _size, ...metadata }) => metadata);
