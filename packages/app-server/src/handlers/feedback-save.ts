import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { isAbsolute } from "node:path";
import type { Handler } from "../handler.ts";
import { saveFeedback } from "../save-feedback.ts";

export const feedbackSave: Handler<"feedback/save"> = async ({ savePath, ...params }, { server }) => {
  if (!isAbsolute(savePath)) return err(fail("feedbackPathRelative"));
  const saved = await saveFeedback(savePath, params, server);
  return saved.ok ? ok({ ...saved.value, savedPath: savePath, promptHash: null }) : saved;
};
