import type { ResponseItem, ResponsesRequest } from "@codex/protocol/responses";
import type { AskForApproval, SandboxPolicy } from "@codex/protocol/thread";
import { buildRequest, type RequestParts } from "../context/build-request.ts";
import { assessmentSchema } from "./assessment.ts";
import type { PlannedAction } from "./review-action.ts";
import instructions from "./reviewer-instructions.md" with { type: "text" };
import { transcript, userWords } from "./transcript.ts";

export type ReviewFacts = Pick<
  RequestParts,
  "threadId" | "history" | "model" | "sendItemMetadata" | "clientMetadata"
> & {
  readonly reasoningEffort: string | undefined;
  readonly policy: SandboxPolicy;
  readonly approval: AskForApproval;
  /** What the user adds to the reviewer's instructions in the config. */
  readonly ownPolicy: string | undefined;
};

/** The reviewer's request: it sees what happened, and has no tools. Pure. */
export function reviewRequest(facts: ReviewFacts, { forReviewer }: PlannedAction): ResponsesRequest {
  const { threadId, model, sendItemMetadata, clientMetadata, ownPolicy } = facts;
  const request = buildRequest({
    threadId: `${threadId}-review`,
    baseInstructions: [instructions.trim(), ...(ownPolicy ? [`# What the user adds\n\n${ownPolicy}`] : [])].join(
      "\n\n",
    ),
    history: [question(facts, JSON.stringify(forReviewer, null, 2))],
    tools: [],
    model,
    settings: facts.reasoningEffort === undefined ? {} : { reasoningEffort: facts.reasoningEffort },
    sendItemMetadata,
    clientMetadata,
  });
  const format = { type: "json_schema", name: "codex_output_schema", strict: false, schema: assessmentSchema };
  return { ...request, text: { ...request.text, format } };
}

function question({ threadId, history, policy, approval }: ReviewFacts, action: string): ResponseItem {
  const parts = [
    `What the user said:\n${userWords(history)}`,
    `>>> TRANSCRIPT START\n${transcript(history)}\n>>> TRANSCRIPT END`,
    `Session: ${threadId}`,
    `Permissions: ${JSON.stringify({ sandbox_policy: policy, approval_policy: approval })}`,
    `>>> APPROVAL REQUEST START\n${action.replaceAll(">>>", "> > >")}\n>>> APPROVAL REQUEST END`,
  ];
  return { type: "message", role: "user", content: parts.map((text) => ({ type: "input_text", text })) };
}
