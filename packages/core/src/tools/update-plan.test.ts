import { expect, test } from "bun:test";
import { toolBench } from "./tool-bench.test-support.ts";
import { updatePlan } from "./update-plan.ts";

test("shows the plan and says so", async () => {
  const { contextOf, events, threadId } = toolBench();
  const plan = [
    { step: "read", status: "completed" },
    { step: "write", status: "in_progress" },
    { step: "test", status: "pending" },
  ];
  expect(await updatePlan.run({ plan, explanation: "It grew." }, contextOf())).toEqual({
    ok: true,
    forModel: "Plan updated",
  });
  await updatePlan.run({ plan: [] }, contextOf());
  const at = { threadId, turnId: "turn" };
  expect(events).toEqual([
    {
      method: "turn/plan/updated",
      params: {
        ...at,
        explanation: "It grew.",
        plan: [
          { step: "read", status: "completed" },
          { step: "write", status: "inProgress" },
          { step: "test", status: "pending" },
        ],
      },
    },
    { method: "turn/plan/updated", params: { ...at, explanation: null, plan: [] } },
  ]);
});
