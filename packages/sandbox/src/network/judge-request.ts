import { decideHost, isAskedAbout, isNamed, type DomainRules } from "./domain-rules.ts";
import { canonicalAddress, parseHost, type Host } from "./host-name.ts";
import { isPrivateAddress } from "./private-address.ts";

/** What a command wants to reach. `method` is known only of plain HTTP. */
export type NetworkRequest = {
  readonly host: string;
  readonly port: number;
  readonly protocol: "http" | "https" | "socks5Tcp";
  readonly method?: string;
};

/** `reason` as the original names it, where it has one. `message` is a sentence for the model and the person. */
export type Block = { readonly reason: keyof typeof blockedBy; readonly message: string };

/** Connect to one of `addresses` and nowhere else: they are what was checked. A name that leads nowhere has none. */
export type NetworkVerdict =
  | { readonly allowed: true; readonly addresses: readonly string[] }
  | { readonly allowed: false; readonly block: Block };

export type JudgeDeps = {
  /** The addresses of a name; none where it has none. */
  resolve(name: string): Promise<readonly string[]>;
  /** Decides what no rule covers. */
  ask(request: NetworkRequest): Promise<"allow" | "deny">;
};

/** What the `x-proxy-error` header says; source: the original. */
export const blockedBy = {
  denied: "blocked-by-denylist",
  not_allowed: "blocked-by-allowlist",
  not_allowed_local: "blocked-by-allowlist",
  method_not_allowed: "blocked-by-method-policy",
  mitm_required: "blocked-by-mitm-required",
  invalid_host: "blocked-by-policy",
} as const;

/** The one place where a request of a command is allowed or not. */
export async function judgeRequest(
  request: NetworkRequest,
  rules: DomainRules,
  deps: JudgeDeps,
): Promise<NetworkVerdict> {
  const host = parseHost(request.host);
  if (!host) return blocked("invalid_host", "The host name is not valid.");
  const refused = refusedByMode(request, rules);
  if (refused) return refused;
  const covered = decideHost(rules.domains, host, request.protocol);
  if (covered === "deny") return blocked("denied", "Domain denied by the sandbox policy.");
  if (host.kind === "address" && !mayLead(host.text, rules)) return blocked("not_allowed_local", privateText);
  const isClosed = rules.closed === true && !isAskedAbout(rules.domains, host);
  if (covered === "open" && (isClosed || (await deps.ask({ ...request, host: host.text })) === "deny")) {
    return blocked("not_allowed", "Domain not in allowlist.");
  }
  return locate(host, rules, deps);
}

function refusedByMode({ method, protocol }: NetworkRequest, { mode }: DomainRules): NetworkVerdict | undefined {
  if (mode === "full") return undefined;
  if (protocol === "https")
    return blocked("mitm_required", "Only plain HTTP is allowed, since a tunnel hides its content.");
  if (protocol === "http" && method !== undefined && ["GET", "HEAD", "OPTIONS"].includes(method)) return undefined;
  return blocked("method_not_allowed", "Only GET, HEAD and OPTIONS are allowed.");
}

/** A name whose addresses are partly private is as good as none: which of them is used would be left to chance. */
async function locate(host: Host, rules: DomainRules, deps: JudgeDeps): Promise<NetworkVerdict> {
  if (host.kind === "address") return { allowed: true, addresses: [host.text] };
  const addresses = (await deps.resolve(host.text)).map(canonicalAddress);
  const isLocalhost = host.text === "localhost" && isNamed(rules.domains, host.text);
  if (!isLocalhost && !addresses.every((address) => mayLead(address, rules))) {
    return blocked("not_allowed_local", privateText);
  }
  const isDenied = (address: string) => decideHost(exact(rules), { kind: "address", text: address }) === "deny";
  if (addresses.some(isDenied)) return blocked("denied", "Domain denied by the sandbox policy.");
  return { allowed: true, addresses };
}

/** `*` denies names; here it is about addresses that were denied by themselves. */
const exact = ({ domains }: DomainRules) => domains.filter(({ covers }) => covers === "exact");

const mayLead = (address: string, rules: DomainRules): boolean =>
  rules.allowPrivate || !isPrivateAddress(address) || isNamed(rules.domains, address);

const privateText = "Private and loopback addresses are blocked unless the rules name them.";

const blocked = (reason: Block["reason"], message: string): NetworkVerdict => ({
  allowed: false,
  block: { reason, message },
});
