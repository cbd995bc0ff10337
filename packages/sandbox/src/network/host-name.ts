import { ipVersion } from "@codex/platform/ip-address";

/** A host as rules name it: `name` in lower case without the last dot; `address` in its one canonical spelling. */
export type Host = { readonly kind: "name" | "address"; readonly text: string };

/**
 * Undefined for what is neither a plain DNS name nor a plain address: control characters and NUL, by which a name can read
 * as another one further on (`evil\0.good.com`), and the many older spellings of IPv4 (`0x7f.1`, `2130706433`), which a
 * resolver takes for addresses.
 */
export function parseHost(written: string): Host | undefined {
  const bare = /^\[(.*)\]$/.exec(written)?.[1] ?? written;
  if (ipVersion(bare) !== 0) return { kind: "address", text: canonicalAddress(bare) };
  const name = bare.toLowerCase().replace(/\.$/, "");
  if (name.length > 253 || !name.split(".").every((label) => labelPattern.test(label))) return undefined;
  const last = name.split(".").at(-1) ?? "";
  return /^(\d+|0x[\da-f]*)$/.test(last) ? undefined : { kind: "name", text: name };
}

/** Underscores are no host names by the book, but in use. */
const labelPattern = /^(?!-)[a-z\d_-]{1,63}(?<!-)$/;

/** An IPv4 address inside an IPv6 one is that IPv4 address: it is what gets connected to. */
export function canonicalAddress(address: string): string {
  if (ipVersion(address) !== 6 || address.includes("%")) return address;
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(text);
  if (!mapped) return text;
  const bits = Number.parseInt(mapped[1] ?? "", 16) * 0x10000 + Number.parseInt(mapped[2] ?? "", 16);
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join(".");
}
