import type { AskForApproval } from "@codex/protocol/thread";

/** What is to happen with a command before it runs. `message` is for the model. */
type CommandVerdict =
  | { readonly kind: "run" }
  | { readonly kind: "ask" }
  | { readonly kind: "refuse"; readonly message: string };

type JudgedCommand = {
  /** The model asked to run it outside the sandbox. */
  readonly escalated: boolean;
  readonly approvalPolicy: AskForApproval;
  /** The user has approved exactly this command for the session. */
  readonly approved: boolean;
};

/** Whether a command runs, waits for the user, or does not run. The one place where rules for commands decide. Pure. */
export function decideCommand({ escalated, approvalPolicy, approved }: JudgedCommand): CommandVerdict {
  if (approved) return { kind: "run" };
  if (!escalated) return approvalPolicy === "untrusted" ? { kind: "ask" } : { kind: "run" };
  return mayAsk(approvalPolicy) ? { kind: "ask" } : { kind: "refuse", message: neverAsk };
}

const mayAsk = (policy: AskForApproval): boolean =>
  typeof policy === "object" ? policy.granular.sandbox_approval : policy !== "never";

/** Source: the original. */
const neverAsk =
  "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never";
