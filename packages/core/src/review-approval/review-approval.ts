import { newId } from "@codex/platform/ids";
import type { ApprovalReview } from "@codex/protocol/notifications";
import type { OpenTurn } from "../thread/open-turn.ts";
import type { Journal } from "../thread/journal.ts";
import type { Sampler } from "../thread/sampler.ts";
import { turnError } from "../turn/turn-error.ts";
import { askReviewer, type Judgement } from "./ask-reviewer.ts";
import { plannedAction, type PlannedAction, type Question } from "./review-action.ts";
import { reviewRequest } from "./review-request.ts";
import { tooManyDenials, type Verdicts } from "./too-many-denials.ts";

export type ReviewDeps = {
  readonly journal: Pick<Journal, "history">;
  readonly sampler: Sampler;
  /** The turn's so far; each review adds its own. */
  readonly verdicts: Verdicts;
  now(): number;
};

/** `reason` is for the model. */
export type Verdict = { decision: "accept" } | { decision: "decline"; reason: string };

/** ms; source: the original. */
const defaultTimeout = 90_000;

/**
 * Lets a model answer in the user's place. Whatever is not a clear yes is a no, and the user is told why. Rejects when the
 * turn is interrupted, as asking a user does.
 */
export async function reviewApproval(question: Question, turn: OpenTurn, deps: ReviewDeps): Promise<Verdict> {
  const action = plannedAction(question, deps.journal.history, turn.settings.cwd);
  const tell = announcer(action, turn, deps);
  tell(inProgress);
  try {
    const judgement = await judge(action, turn, deps);
    const review = reviewOf(judgement);
    tell(review);
    if (judgement.type === "assessed") deps.verdicts.push(review.status === "denied");
    if (review.status === "approved") return { decision: "accept" };
    const reason = `The automatic reviewer did not allow it: ${review.rationale ?? "it gave no reason."}`;
    warn(turn, reason);
    stopWhereHopeless(turn, deps.verdicts);
    const advice = judgement.type === "assessed" ? afterDenial : afterFailure;
    return { decision: "decline", reason: `${reason}\n${advice}` };
  } catch (interrupted) {
    tell({ ...inProgress, status: "aborted" });
    throw interrupted;
  }
}

/** The model's, after the reason. A denial that is simply tried another way would be none. */
const afterDenial =
  "Do not try to reach the same by another way. Choose what is plainly safer, or end here and ask the user, who may approve this very action once they know the risk.";
const afterFailure =
  "The review could not be completed, which says nothing about the action. Do not go around it; ask the user what to do.";

const warn = (turn: OpenTurn, message: string): void =>
  void turn.emit({ method: "guardianWarning", params: { threadId: turn.threadId, message } });

/** An interrupt; with `auto_review.circuit_break_action = "strict"` one that tells its error as well. */
function stopWhereHopeless(turn: OpenTurn, verdicts: Verdicts): void {
  const message = tooManyDenials(verdicts);
  if (message === undefined) return;
  warn(turn, message);
  const isStrict = turn.settings.config.auto_review?.circuit_break_action === "strict";
  turn.abort(isStrict ? turnError(message, "tooManyDenials") : undefined);
}

const inProgress: ApprovalReview = { status: "inProgress", riskLevel: null, userAuthorization: null, rationale: null };

/** Tells the faces of the review's beginning, and then of its end. */
function announcer({ shown: action, targetItemId }: PlannedAction, turn: OpenTurn, { now }: ReviewDeps) {
  const startedAtMs = now();
  const about = { threadId: turn.threadId, turnId: turn.id, reviewId: newId(), targetItemId, startedAtMs, action };
  return (review: ApprovalReview): void => {
    if (review.status === "inProgress") {
      turn.emit({ method: "item/autoApprovalReview/started", params: { ...about, review } });
      return;
    }
    const end = { completedAtMs: now(), decisionSource: "agent" } as const;
    turn.emit({ method: "item/autoApprovalReview/completed", params: { ...about, ...end, review } });
  };
}

/** With a request of its own: the turn's model stream and history know nothing of it. */
function judge(action: PlannedAction, turn: OpenTurn, { journal, sampler }: ReviewDeps): Promise<Judgement> {
  const { settings } = turn;
  const sampling = sampler.startTurn(turn);
  const request = reviewRequest(
    {
      threadId: turn.threadId,
      history: journal.history,
      model: settings.model,
      sendItemMetadata: settings.provider.isOpenAi,
      clientMetadata: sampling.clientMetadata,
      reasoningEffort: settings.effort,
      policy: settings.policy,
      approval: settings.approval,
      ownPolicy: settings.config.auto_review?.policy,
    },
    action,
  );
  const timeoutMs = settings.config.auto_review?.timeout_ms ?? defaultTimeout;
  return askReviewer(request, sampling, { interrupted: turn.signal, timeoutMs });
}

function reviewOf(judgement: Judgement): ApprovalReview {
  switch (judgement.type) {
    case "timedOut":
      return { ...inProgress, status: "timedOut", rationale: "the reviewer did not answer in time." };
    case "unusable":
      return { ...inProgress, status: "denied", rationale: `${judgement.why}.` };
    case "assessed": {
      const { outcome, ...rest } = judgement.assessment;
      return { status: outcome === "allow" ? "approved" : "denied", ...rest };
    }
  }
}
