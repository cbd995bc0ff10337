import { ipVersion, networkList, type NetworkList } from "@codex/platform/ip-address";

/**
 * Whether an address is anything but a public one: this machine, its network, a carrier's, documentation, multicast, or IPv6
 * that carries IPv4 (NAT64, 6to4, Teredo), where the real destination is hidden. Source: IANA's special-purpose registries.
 */
export function isPrivateAddress(address: string): boolean {
  const version = ipVersion(address);
  if (version === 0 || address.includes("%")) return true;
  return notPublic(version).has(address);
}

/** Apart, because a list of both kinds also finds IPv4 addresses in networks of IPv6. */
const notPublic = (version: number): NetworkList =>
  version === 6 ? (six ??= networkList(ipv6, "ipv6")) : (four ??= networkList(ipv4, "ipv4"));

let four: NetworkList | undefined;
let six: NetworkList | undefined;

const ipv4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

const ipv6: readonly (readonly [string, number])[] = [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
];
