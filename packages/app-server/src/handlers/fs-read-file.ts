import { readWholeFile } from "@codex/platform/file-operations";
import { answerFile } from "../files/answer-file.ts";
import type { Handler } from "../handler.ts";

export const fsReadFile: Handler<"fs/readFile"> = ({ path }) =>
  answerFile(path, readWholeFile, (bytes) => ({ dataBase64: Buffer.from(bytes).toString("base64") }));
