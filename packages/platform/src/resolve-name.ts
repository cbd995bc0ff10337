import { lookup } from "node:dns/promises";

/** The addresses of a host name as the system's resolver knows them, IPv4 first; none where it has no such name. */
export async function resolveName(name: string): Promise<string[]> {
  try {
    const found = await lookup(name, { all: true, order: "ipv4first" });
    return found.map(({ address }) => address);
  } catch {
    return [];
  }
}
