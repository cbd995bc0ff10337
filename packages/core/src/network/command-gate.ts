import { newId } from "@codex/platform/ids";
import { resolveName } from "@codex/platform/resolve-name";
import type { CommandDecision } from "@codex/protocol/approvals";
import type { Result } from "@codex/protocol/result";
import type { AskForApproval } from "@codex/protocol/thread";
import type { DomainRules } from "@codex/sandbox/network/domain-rules";
import type { NetworkRequest } from "@codex/sandbox/network/judge-request";
import type { NetworkGate } from "@codex/sandbox/network/network-gate";
import type { NetworkRule } from "@codex/sandbox/rules/rule";
import type { CommandRun } from "../exec-session/command-run.ts";
import type { ToolContext } from "../tools/define-tool.ts";
import { blockedSentence } from "./blocked-sentence.ts";
import { networkApprovalRequest } from "./network-approval-request.ts";

/** What was decided about hosts that no rule covers; all who want the same host wait for one answer. */
export type HostDecisions = Map<string, Promise<"allow" | "deny">>;

type GateDeps = {
  readonly rules: DomainRules;
  /** Those that count for the session. */
  readonly decisions: HostDecisions;
  /** Keeps what the user decides for good. The error is a sentence. */
  keep(host: string, protocol: NetworkRule["protocol"], decision: "allow" | "deny"): Result<void, string>;
  /** Told once a host what was blocked, in a sentence for the model. */
  tell(sentence: string): void;
};

/** One command's way to the network: the rules, then the user where they may be asked. */
export function commandGate(run: CommandRun, context: ToolContext, deps: GateDeps): NetworkGate {
  const told = new Set<string>();
  const own: HostDecisions = new Map();
  return {
    rules: deps.rules,
    resolve: resolveName,
    ask: (request) => decide(request, { run, context, own }, deps),
    onBlocked(request, block) {
      const sentence = blockedSentence(request, block);
      if (told.has(sentence)) return;
      told.add(sentence);
      deps.tell(sentence);
    },
  };
}

/** An answer counts for the whole command, which may connect many times, and beyond it where the user says so. */
async function decide(
  request: NetworkRequest,
  asker: { run: CommandRun; context: ToolContext; own: HostDecisions },
  { decisions: session, keep, tell }: GateDeps,
): Promise<"allow" | "deny"> {
  const { run, context, own } = asker;
  const { host } = request;
  const known = session.get(host) ?? own.get(host);
  if (known !== undefined) return known;
  if (!mayAsk(context.approvalPolicy)) return "deny";
  const asked = askUser(request, run, context);
  const verdict = asked.then((answer) => answer.verdict);
  own.set(host, verdict);
  const answer = await asked;
  if (answer.lasts !== "command") session.set(host, verdict);
  const kept = answer.lasts === "forGood" ? keep(host, protocolNames[request.protocol], answer.verdict) : undefined;
  if (kept && !kept.ok) tell(kept.error);
  return verdict;
}

const mayAsk = (policy: AskForApproval): boolean =>
  typeof policy === "object" ? policy.granular.sandbox_approval : policy !== "never";

/** Nobody's answer is a no: also when the turn that asks is interrupted. */
async function askUser(request: NetworkRequest, run: CommandRun, context: ToolContext): Promise<Answer> {
  const { threadId, turnId, callId: itemId } = context;
  const ids = { threadId, turnId, itemId, approvalId: newId(), startedAtMs: run.item.startedAtMs };
  try {
    const params = networkApprovalRequest(ids, run.shown, request);
    return answerOf((await context.ask("item/commandExecution/requestApproval", params)).decision);
  } catch {
    return { verdict: "deny", lasts: "command" };
  }
}

type Answer = { readonly verdict: "allow" | "deny"; readonly lasts: "command" | "session" | "forGood" };

/** As files of rules name them. */
const protocolNames = { http: "http", https: "https", socks5Tcp: "socks5_tcp" } as const;

function answerOf(decision: CommandDecision): Answer {
  if (decision === "accept") return { verdict: "allow", lasts: "command" };
  if (decision === "acceptForSession") return { verdict: "allow", lasts: "session" };
  if (typeof decision === "object" && "applyNetworkPolicyAmendment" in decision) {
    return { verdict: decision.applyNetworkPolicyAmendment.network_policy_amendment.action, lasts: "forGood" };
  }
  return { verdict: "deny", lasts: "command" };
}
