import { Type as T } from "@sinclair/typebox";
import type { PlanStep } from "@codex/protocol/notifications";
import { defineTool } from "./define-tool.ts";
import description from "./update-plan.md" with { type: "text" };

const Step = T.Object(
  {
    step: T.String(),
    status: T.Union([T.Literal("pending"), T.Literal("in_progress"), T.Literal("completed")]),
  },
  { additionalProperties: false },
);

const parameters = T.Object(
  {
    explanation: T.Optional(T.String({ description: "Why the plan changed, in a sentence." })),
    plan: T.Array(Step, { description: "All steps, in their order." }),
  },
  { additionalProperties: false },
);

/** The model's visible to-do list. Keeps no state of its own: the last plan in the thread is the plan. */
export const updatePlan = defineTool({
  name: "update_plan",
  description: description.trim(),
  parameters,
  async run({ plan, explanation }, { emit, threadId, turnId }) {
    const steps = plan.map(({ step, status }): PlanStep => ({
      step,
      status: status === "in_progress" ? "inProgress" : status,
    }));
    emit({
      method: "turn/plan/updated",
      params: { threadId, turnId, explanation: explanation ?? null, plan: steps },
    });
    return { ok: true, forModel: "Plan updated" };
  },
});
