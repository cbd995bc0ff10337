import { writeWholeFile } from "@codex/platform/file-operations";
import { fail } from "@codex/protocol/errors";
import { err } from "@codex/protocol/result";
import { decodeBase64 } from "../decode-base64.ts";
import { answerFile, nothing } from "../files/answer-file.ts";
import type { Handler } from "../handler.ts";

export const fsWriteFile: Handler<"fs/writeFile"> = async ({ path, dataBase64 }) => {
  const bytes = decodeBase64(dataBase64);
  if (!bytes.ok) return err(fail("refusedParams", `fs/writeFile requires valid base64 dataBase64: ${bytes.error}`));
  return answerFile(path, (place) => writeWholeFile(place, bytes.value), nothing);
};
