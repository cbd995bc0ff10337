import { flag, listOf, mapOf, oneOf, openTable, anything, text, type ValueOf } from "./schema/key.ts";

/** `[network_proxy]`, `[permissions.network]` or `[experimental_network]` of requirements.toml: three names for one section. */
export const managedNetworkKey = openTable(
  {
    enabled: flag,
    domains: mapOf(oneOf("allow", "deny")),
    /** The older form of `domains`. */
    allowed_domains: listOf(text),
    denied_domains: listOf(text),
    review_domains: listOf(text),
    managed_allowed_domains_only: flag,
    allow_local_binding: flag,
    dangerously_allow_all_unix_sockets: flag,
  },
  anything,
);

/** What an administrator demands of the network of sandboxed commands. */
export type ManagedNetwork = {
  readonly domains: Readonly<Record<string, "allow" | "deny">>;
  /** Hosts that are asked about, whatever allows them. */
  readonly reviewed: readonly string[];
  /** Nothing but what `domains` allows is reached, and nobody is asked about the rest. */
  readonly onlyThese: boolean;
  /** Where set, it counts in place of the user's. */
  readonly allowPrivate: boolean | undefined;
  readonly allowUnixSockets: boolean | undefined;
};

/** Undefined where nothing is demanded: `enabled = false` takes the section back. */
export function managedNetwork(written: ValueOf<typeof managedNetworkKey> | undefined): ManagedNetwork | undefined {
  if (written === undefined || written.enabled === false) return undefined;
  const listed = (hosts: readonly string[] | undefined, decision: "allow" | "deny") =>
    Object.fromEntries((hosts ?? []).map((host) => [host, decision]));
  return {
    // A denial comes last, so that it wins where one host stands in several places.
    domains: {
      ...listed(written.allowed_domains, "allow"),
      ...written.domains,
      ...listed(written.denied_domains, "deny"),
    },
    reviewed: written.review_domains ?? [],
    onlyThese: written.managed_allowed_domains_only ?? false,
    allowPrivate: written.allow_local_binding,
    allowUnixSockets: written.dangerously_allow_all_unix_sockets,
  };
}
