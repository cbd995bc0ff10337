import type { AskForApproval } from "@codex/protocol/thread";
import type { PatchPlan } from "./plan-patch.ts";
import { mayWrite, type WriteScope } from "./write-scope.ts";

export type Verdict =
  | { readonly kind: "allow" }
  | { readonly kind: "ask" }
  | { readonly kind: "refuse"; readonly message: string };

/** Every canonical path that the patch writes or removes: exactly these are granted by an approval, never their folders. */
export const placesOf = (plan: PatchPlan): string[] => [...plan.keys()];

/** Whether a patch may be applied at once, needs a yes, or is refused because nobody may be asked. */
export function judgePatch(
  plan: PatchPlan,
  scope: WriteScope,
  approvalPolicy: AskForApproval,
  approved: ReadonlySet<string>,
): Verdict {
  const places = placesOf(plan).filter((place) => !approved.has(place));
  const inside = places.every((place) => mayWrite(scope, place));
  if (inside && (approvalPolicy !== "untrusted" || places.length === 0)) return { kind: "allow" };
  if (mayAsk(approvalPolicy)) return { kind: "ask" };
  const reason =
    scope.kind === "nowhere" ? "writing is blocked by read-only sandbox" : "writing outside of the project";
  return { kind: "refuse", message: `patch rejected: ${reason}; rejected by user approval settings` };
}

const mayAsk = (policy: AskForApproval): boolean =>
  typeof policy === "object" ? policy.granular.sandbox_approval : policy !== "never";
