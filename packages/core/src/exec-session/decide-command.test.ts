import { expect, test } from "bun:test";
import type { AskForApproval } from "@codex/protocol/thread";
import { decideCommand } from "./decide-command.ts";

const granular = (sandbox_approval: boolean): AskForApproval => ({
  granular: { sandbox_approval, rules: true, skill_approval: true, request_permissions: true, mcp_elicitations: true },
});

test.each<[AskForApproval, boolean, "run" | "ask" | "refuse"]>([
  ["never", false, "run"],
  ["never", true, "refuse"],
  ["on-request", false, "run"],
  ["on-request", true, "ask"],
  ["untrusted", false, "ask"],
  ["untrusted", true, "ask"],
  [granular(true), false, "run"],
  [granular(true), true, "ask"],
  [granular(false), true, "refuse"],
])("under %p, escalated %p: %s", (approvalPolicy, escalated, kind) => {
  expect(decideCommand({ approvalPolicy, escalated, approved: false }).kind).toBe(kind);
  expect(decideCommand({ approvalPolicy, escalated, approved: true }).kind).toBe("run");
});
