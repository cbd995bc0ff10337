import type { ServerRequestMethod, ServerRequestResults } from "@codex/protocol/approvals";
import { isObject } from "@codex/protocol/json";

/** Whether a client's answer is one we know: what is not understood must never count as a yes. */
export function isAnswer<M extends ServerRequestMethod>(method: M, answer: unknown): answer is ServerRequestResults[M] {
  if (!isObject(answer)) return false;
  const { decision } = answer;
  if (typeof decision === "string") return words.has(decision);
  return method === "item/commandExecution/requestApproval" && isAmendment(decision);
}

const words: ReadonlySet<string> = new Set(["accept", "acceptForSession", "decline", "cancel"]);

function isAmendment(decision: unknown): boolean {
  if (!isObject(decision)) return false;
  if (isObject(decision["applyNetworkPolicyAmendment"])) {
    const amendment = decision["applyNetworkPolicyAmendment"]["network_policy_amendment"];
    if (!isObject(amendment) || typeof amendment["host"] !== "string") return false;
    return amendment["action"] === "allow" || amendment["action"] === "deny";
  }
  if (!isObject(decision["acceptWithExecpolicyAmendment"])) return false;
  const prefix = decision["acceptWithExecpolicyAmendment"]["execpolicy_amendment"];
  return Array.isArray(prefix) && prefix.length > 0 && prefix.every((word) => typeof word === "string");
}
