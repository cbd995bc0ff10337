import { parseDomainRule, type DomainRules } from "./domain-rules.ts";
import type { Block, NetworkRequest } from "./judge-request.ts";
import type { NetworkGate } from "./network-gate.ts";

export const rulesOf = (domains: Record<string, "allow" | "deny">, more: Partial<DomainRules> = {}): DomainRules => ({
  domains: Object.entries(domains).map(([pattern, decision]) => {
    const rule = parseDomainRule(pattern, decision);
    if (!rule.ok) throw new Error(rule.error);
    return rule.value;
  }),
  mode: "full",
  allowPrivate: false,
  allowUnixSockets: false,
  ...more,
});

/** A gate that nobody can be asked at, with a resolver of made-up names, and what it blocked. */
export function gateOf(rules: DomainRules, names: Record<string, string[]> = {}) {
  const blocked: { request: NetworkRequest; block: Block }[] = [];
  const asked: NetworkRequest[] = [];
  const gate: NetworkGate = {
    rules,
    resolve: async (name) => names[name] ?? [],
    ask: async (request) => {
      asked.push(request);
      return "deny";
    },
    onBlocked: (request, block) => blocked.push({ request, block }),
  };
  return { gate, blocked, asked };
}
