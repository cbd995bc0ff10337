/**
 * node:net, loaded when it is first asked for: that takes 3 ms, and most runs have no address to look at. Only what it knows
 * of addresses is used here.
 */
const net = () => process.getBuiltinModule("node:net");

/** 4 or 6; 0 for what is no address. */
export const ipVersion = (text: string): number => net().isIP(text);

/** A list of networks, each an address and how many of its bits count. */
export function networkList(networks: readonly (readonly [string, number])[], family: "ipv4" | "ipv6") {
  const list = new (net().BlockList)();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return { has: (address: string): boolean => list.check(address, family) };
}

export type NetworkList = ReturnType<typeof networkList>;
