import type { NetworkRule } from "../rules/rule.ts";
import type { DomainRule, DomainRules } from "./domain-rules.ts";
import { parseHost } from "./host-name.ts";

/** Adds what `network_rule` says in files of rules. An allow there is for one kind of request; a denial is for all of them. */
export const withNetworkRules = (rules: DomainRules, networks: readonly NetworkRule[]): DomainRules => ({
  ...rules,
  domains: [
    ...rules.domains,
    ...networks.flatMap(domainRule).filter(({ decision }) => decision === "deny" || !rules.closed),
  ],
});

function domainRule({ host: written, protocol, decision }: NetworkRule): DomainRule[] {
  const host = parseHost(written.replace(/:\d+$/, "")) ?? parseHost(written);
  if (!host) return [];
  const rule = { pattern: written, covers: "exact", host: host.text } as const;
  if (decision === "forbidden") return [{ ...rule, decision: "deny" }];
  return [{ ...rule, protocol: protocols[protocol], decision: decision === "prompt" ? "ask" : "allow" }];
}

const protocols = { http: "http", https: "https", socks5_tcp: "socks5Tcp", socks5_udp: "socks5Udp" } as const;
