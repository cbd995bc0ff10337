import { newId } from "@codex/platform/ids";
import { ok } from "@codex/protocol/result";
import { join } from "node:path";
import type { Handler } from "../handler.ts";
import { saveFeedback } from "../save-feedback.ts";

/** Saved under CODEX_HOME, where the person finds it: nothing leaves the machine. */
export const feedbackUpload: Handler<"feedback/upload"> = async (params, { server, connection }) => {
  const file = join(server.engine.codexHome, "feedback", `${newId()}.zip`);
  const saved = await saveFeedback(file, params, server);
  if (!saved.ok) return saved;
  const message = `Your feedback is saved in ${file}; this version of Codex sends it nowhere.`;
  if (!connection.optedOut.has("warning")) {
    queueMicrotask(() =>
      connection.notify({ method: "warning", params: { threadId: params.threadId ?? null, message } }),
    );
  }
  return ok({ ...saved.value, promptHash: null });
};
