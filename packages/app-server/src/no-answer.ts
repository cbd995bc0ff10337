import type { ThreadQuestion } from "@codex/core/audience";
import type { ServerRequestResults } from "@codex/protocol/approvals";

/** Why a question has no answer: every client that was asked failed, or none said anything that we know. */
export type NoAnswer = "failed" | "invalid";

/** What counts then: never a yes. The words for the model are those of the original. */
export function answerForNone(method: ThreadQuestion, why: NoAnswer): ServerRequestResults[ThreadQuestion] {
  switch (method) {
    case "item/commandExecution/requestApproval":
    case "item/fileChange/requestApproval":
      return {
        decision: "decline",
        reason: why === "failed" ? "approval request failed" : "approval was not understood",
      };
    case "item/permissions/requestApproval":
      return { permissions: {}, scope: "turn" };
    case "item/tool/requestUserInput":
      return { answers: {} };
    case "item/tool/call": {
      const text = why === "failed" ? "dynamic tool request failed" : "dynamic tool response was invalid";
      return { contentItems: [{ type: "inputText", text }], success: false };
    }
    case "mcpServer/elicitation/request":
      return { action: "decline", content: null, _meta: null };
    case "currentTime/read":
      // No clock but ours is left.
      return { currentTimeAt: Math.floor(Date.now() / 1000) };
  }
}

/** The sentence for the person, who may wonder why nothing happened after their click. */
export const noAnswerWarning = (method: ThreadQuestion, why: NoAnswer, detail: string): string =>
  why === "failed"
    ? `The client could not answer ${method} (${detail}), so it counts as declined.`
    : `The client's answer to ${method} is none that this version knows, so it counts as declined.`;
