import type { ManagedNetwork } from "@codex/config/managed-network";
import { isTable } from "@codex/config/config-value";
import type { Config } from "@codex/config/schema";
import { parseDomainRule, type DomainRule, type DomainRules } from "@codex/sandbox/network/domain-rules";
import { demandedNetwork, type Demands } from "@codex/sandbox/permissions/demands";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { SandboxPolicy } from "@codex/protocol/thread";

type NetworkConfig = Pick<Config, "default_permissions" | "permissions" | "features" | "sandbox_workspace_write">;

/** The parts of `[permissions.x.network]` that we know, as every place for them has them. */
type Source = {
  /** Where it stands, for messages. */
  readonly place: string;
  readonly domains: Readonly<Record<string, DomainRule["decision"]>>;
  /** An administrator's. */
  readonly isManaged?: boolean;
  readonly mode?: "limited" | "full" | undefined;
  readonly allow_local_binding?: boolean | undefined;
  readonly dangerously_allow_all_unix_sockets?: boolean | undefined;
};

/** What a session may do; `profile` where a permission profile is in force, and not a mode of the sandbox. */
type Permissions = {
  readonly policy: SandboxPolicy;
  readonly profile: object | undefined;
  readonly demands: Demands;
};

/**
 * The hosts that sandboxed commands may reach, where the config names any: then all their traffic goes by the proxies. The
 * places add up, and the strictest mode counts. Undefined where the sandbox alone decides about the network.
 *
 * Unlike in the original no feature has to be on for rules to count: rules that are written down are held. What an
 * administrator demands is added to them, and is stronger.
 */
export function networkRules(config: NetworkConfig, permissions: Permissions): Result<DomainRules | undefined> {
  const { policy } = permissions;
  if (policy.type !== "readOnly" && policy.type !== "workspaceWrite") return ok(undefined);
  const chain = permissions.profile === undefined ? [] : profileChain(config);
  if (chain.find(({ network }) => network?.enabled !== undefined)?.network?.enabled === false) return ok(undefined);
  const managed = demandedNetwork(permissions.demands);
  const own = permissions.profile === undefined ? modeSource(config, policy) : profileSources(chain, config.features);
  const sources = [...own, ...featureSource(config), ...(managed ? [managedSource(managed, permissions.demands)] : [])];
  if (sources.length === 0) return ok(undefined);
  const domains: DomainRule[] = [];
  for (const { place, isManaged, domains: patterns } of sources) {
    for (const [pattern, decision] of Object.entries(patterns)) {
      const rule = parseDomainRule(pattern, decision === "ask" ? "allow" : decision);
      if (!rule.ok) return err(fail("invalidRequest", `${place}: ${rule.error}.`));
      // Where nothing but the administrator's hosts is reached, what others allow is nothing.
      if (managed?.onlyThese && !isManaged && decision === "allow") continue;
      domains.push({ ...rule.value, decision });
    }
  }
  return ok({
    domains,
    mode: sources.some(({ mode }) => mode === "limited") ? "limited" : "full",
    allowPrivate: managed?.allowPrivate ?? sources.some(({ allow_local_binding: allowed }) => allowed === true),
    allowUnixSockets:
      managed?.allowUnixSockets ?? sources.some(({ dangerously_allow_all_unix_sockets: allowed }) => allowed === true),
    ...(managed?.onlyThese && { closed: true }),
  });
}

function managedSource({ domains, reviewed }: ManagedNetwork, { requirementsFile }: Demands): Source {
  const asked = Object.fromEntries(reviewed.map((host) => [host, "ask"] as const));
  // A host that is denied stays denied, also where it is to be reviewed.
  return { place: requirementsFile, isManaged: true, domains: { ...asked, ...withoutAllows(domains, asked) } };
}

/** An allow of a host that is asked about would be lost under the same key; a denial counts in place of the question. */
const withoutAllows = (domains: Source["domains"], asked: Source["domains"]): Source["domains"] =>
  Object.fromEntries(Object.entries(domains).filter(([host, said]) => said === "deny" || !Object.hasOwn(asked, host)));

type NamedProfile = NonNullable<Config["permissions"]>[string] & { readonly name: string };

/** The chosen profile and those it extends. */
function profileChain({ default_permissions: chosen, permissions = {} }: NetworkConfig): NamedProfile[] {
  const chain: NamedProfile[] = [];
  for (let name = chosen; name !== undefined && chain.every((known) => known.name !== name);) {
    const profile = profileOf(permissions, name);
    if (profile) chain.push({ ...profile, name });
    name = profile?.extends;
  }
  return chain;
}

function profileSources(chain: readonly NamedProfile[], features: Config["features"]): Source[] {
  return chain.flatMap(({ name, network }) => {
    const ruled = network?.domains !== undefined || network?.mode !== undefined;
    // With the feature on, access that names no hosts is access to none; source: the original.
    const empty = network?.enabled === true && proxyIsOn(features);
    if (!ruled && !empty) return [];
    return [{ ...network, place: `permissions.${name}.network.domains`, domains: network?.domains ?? {} }];
  });
}

const profileOf = (permissions: NonNullable<Config["permissions"]>, name: string) =>
  Object.hasOwn(permissions, name) ? permissions[name] : undefined;

const proxyIsOn = (features: Config["features"]): boolean => {
  const setting: unknown = features?.["network_proxy"];
  return setting === true || (isTable(setting) && setting["enabled"] === true);
};

function featureSource({ features }: NetworkConfig): Source[] {
  const setting: unknown = features?.["network_proxy"];
  if (!isTable(setting) || setting["enabled"] === false || !isTable(setting["domains"])) return [];
  const decisions = Object.entries(setting["domains"]).map(([pattern, said]) => [pattern, decisionOf(said)] as const);
  return [
    {
      place: "features.network_proxy.domains",
      domains: Object.fromEntries(decisions),
      mode: setting["mode"] === "limited" ? "limited" : "full",
      allow_local_binding: setting["allow_local_binding"] === true,
      dangerously_allow_all_unix_sockets: setting["dangerously_allow_all_unix_sockets"] === true,
    },
  ];
}

/** This table is not checked when the config is read; what is no "allow" must not become one. */
const decisionOf = (said: unknown): "allow" | "deny" => (said === "allow" ? "allow" : "deny");

function modeSource({ sandbox_workspace_write: settings }: NetworkConfig, policy: SandboxPolicy): Source[] {
  const domains = settings?.network_domains;
  if (policy.type !== "workspaceWrite" || domains === undefined) return [];
  return [{ place: "sandbox_workspace_write.network_domains", domains }];
}
