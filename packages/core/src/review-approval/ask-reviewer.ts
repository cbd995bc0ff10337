import type { ModelEvent } from "@codex/model/model-event";
import { isKnownItem, type ResponsesRequest } from "@codex/protocol/responses";
import { readAssessment, type Assessment } from "./assessment.ts";

/** `unusable`: why there is no judgement, in a sentence for the person. */
export type Judgement =
  | { readonly type: "assessed"; readonly assessment: Assessment }
  | { readonly type: "timedOut" }
  | { readonly type: "unusable"; readonly why: string };

export type ReviewerModel = { stream(request: () => ResponsesRequest, signal: AbortSignal): AsyncIterable<ModelEvent> };

/** How often an answer is asked for that can be read; source: the original. */
const attempts = 3;

/** Asks until an answer can be read. Rejects when `interrupted` is aborted; never takes longer than `timeoutMs` otherwise. */
export async function askReviewer(
  request: ResponsesRequest,
  model: ReviewerModel,
  { interrupted, timeoutMs }: { interrupted: AbortSignal; timeoutMs: number },
): Promise<Judgement> {
  const late = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([interrupted, late]);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answer = await readAnswer(request, model, signal);
    interrupted.throwIfAborted();
    if (late.aborted) return { type: "timedOut" };
    if ("failure" in answer) return { type: "unusable", why: `the reviewer could not be asked: ${answer.failure}` };
    const assessment = readAssessment(answer.text);
    if (assessment) return { type: "assessed", assessment };
  }
  return { type: "unusable", why: `the reviewer gave no valid answer in ${attempts} attempts` };
}

async function readAnswer(
  request: ResponsesRequest,
  model: ReviewerModel,
  signal: AbortSignal,
): Promise<{ text: string } | { failure: string }> {
  let text = "";
  try {
    for await (const event of model.stream(() => request, signal)) {
      if (event.type === "retrying") text = "";
      if (event.type === "failed") return { failure: event.error.message };
      if (event.type === "item") text += messageText(event.item);
    }
    return { text };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function messageText(item: Extract<ModelEvent, { type: "item" }>["item"]): string {
  if (!isKnownItem(item) || item.type !== "message") return "";
  return item.content.map((part) => (part.type === "output_text" && "text" in part ? part.text : "")).join("");
}
