import { err, ok, type Result } from "@codex/protocol/result";
import { parseHost, type Host } from "./host-name.ts";

/** Which hosts a command may reach. A request that no rule covers is not allowed; whoever asks may be asked. */
export type DomainRules = {
  /** In the order of the config; `deny` beats `allow`, whatever the order. */
  readonly domains: readonly DomainRule[];
  /** "limited": reading only, so GET, HEAD and OPTIONS over plain HTTP and no tunnels, whose content nobody could see. */
  readonly mode: "limited" | "full";
  /** Names that are allowed may also lead to this machine and its network. */
  readonly allowPrivate: boolean;
  /** Nobody is asked about what no rule covers, and no answer or file of rules opens a host: an administrator says which. */
  readonly closed?: boolean;
  /** Commands may use any Unix socket that they find. */
  readonly allowUnixSockets: boolean;
};

export type DomainRule = {
  readonly pattern: string;
  /** Also the names below: `*.x` without x itself, `**.x` with it. `*` alone is `everything`. */
  readonly covers: "exact" | "below" | "belowAndSelf" | "everything";
  readonly host: string;
  /** Only for requests of this kind; for all where absent. */
  readonly protocol?: string;
  /** "ask": what is allowed elsewhere is put to the user all the same. */
  readonly decision: "allow" | "deny" | "ask";
};

/** A rule as written in the config: `example.com`, `*.example.com`, `**.example.com`, `*`, or an address. */
export function parseDomainRule(pattern: string, decision: "allow" | "deny"): Result<DomainRule, string> {
  if (pattern === "*") return ok({ pattern, covers: "everything", host: "", decision });
  const [, stars, rest = ""] = /^(?:(\*\*?)\.)?(.*)$/s.exec(pattern) ?? [];
  const host = parseHost(rest);
  if (!host || (stars !== undefined && host.kind === "address")) {
    return err(`${JSON.stringify(pattern)} is not a host name, an address, \`*.name\`, \`**.name\` or \`*\``);
  }
  const covers = stars === "*" ? "below" : stars === "**" ? "belowAndSelf" : "exact";
  return ok({ pattern, covers, host: host.text, decision });
}

/** What the rules say of a host; "open" where none covers it. An address is covered only by its own rule, or denied by `*`. */
export function decideHost(rules: readonly DomainRule[], host: Host, protocol?: string): "allow" | "deny" | "open" {
  const concerns = (rule: DomainRule): boolean => rule.protocol === undefined || rule.protocol === protocol;
  const matching = rules.filter((rule) => concerns(rule) && covers(rule, host));
  if (matching.some(({ decision }) => decision === "deny")) return "deny";
  if (matching.some(({ decision }) => decision === "ask")) return "open";
  return matching.length > 0 ? "allow" : "open";
}

/** Whether a rule makes this host a question. */
export const isAskedAbout = (rules: readonly DomainRule[], host: Host): boolean =>
  rules.some((rule) => rule.decision === "ask" && covers(rule, host));

/** Whether a rule allows exactly this host, without wildcards. */
export const isNamed = (rules: readonly DomainRule[], host: string): boolean =>
  rules.some((rule) => rule.covers === "exact" && rule.decision === "allow" && rule.host === host);

function covers(rule: DomainRule, { kind, text }: Host): boolean {
  switch (rule.covers) {
    case "everything":
      return kind === "name" || rule.decision === "deny";
    case "exact":
      return text === rule.host;
    case "below":
      return text.endsWith(`.${rule.host}`);
    case "belowAndSelf":
      return text === rule.host || text.endsWith(`.${rule.host}`);
  }
}
