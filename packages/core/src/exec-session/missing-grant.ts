import { canonicalPath } from "@codex/platform/canonical-path";
import { mayWriteTo } from "@codex/platform/may-write";
import { pathKind } from "@codex/platform/read-file";
import { parseHost } from "@codex/sandbox/network/host-name";
import { isPrivateAddress } from "@codex/sandbox/network/private-address";
import { readDenials } from "@codex/sandbox/read-denials";
import { dirname, relative, resolve, sep } from "node:path";

/** What a command was kept from, and what would let it through: folders or files to write, or one host. */
export type MissingGrant =
  | { readonly kind: "paths"; readonly blocked: readonly string[]; readonly write: readonly string[] }
  | { readonly kind: "host"; readonly host: string };

/** What may be granted in this turn. Paths are canonical. */
export type Grantable = {
  /** Whether commands may write there now. */
  mayWrite(place: string): boolean;
  /** Whether the place is closed for good: denied, protected, or ours. */
  isClosed(place: string): boolean;
  /** Folders of which no more than parts may be granted. */
  readonly tooMuch: readonly string[];
  /** The sandbox has no network, and nothing but a mode says so. */
  readonly hosts: boolean;
};

/** The smallest that would have let a failed command through; undefined where nothing can be told, or nothing may be given. */
export function missingGrant(
  { output, script, cwd }: { output: string; script: string; cwd: string },
  grantable: Grantable,
): MissingGrant | undefined {
  const { paths, hosts } = readDenials(output, script);
  const found = paths.flatMap((path) => grantFor(resolve(cwd, path), grantable) ?? []);
  if (found.length > 0) {
    return {
      kind: "paths",
      blocked: unique(found.map(({ place }) => place)),
      write: unique(found.map(({ at }) => at)),
    };
  }
  const host = hosts.find((each) => !isLocal(each));
  return grantable.hosts && host !== undefined ? { kind: "host", host } : undefined;
}

/** This machine and its network are opened by rules alone. */
function isLocal(host: string): boolean {
  const parsed = parseHost(host);
  return parsed?.kind === "address" ? isPrivateAddress(parsed.text) : /(^|\.)localhost$/.test(host);
}

const unique = (paths: readonly string[]): string[] => [...new Set(paths)];

/** A file that is not there yet is made in the nearest folder that is: less cannot be opened. */
function grantFor(path: string, grantable: Grantable): { place: string; at: string } | undefined {
  const canonical = canonicalPath(path);
  if (!canonical.ok) return undefined;
  const place = canonical.value;
  if (grantable.mayWrite(place) || grantable.isClosed(place)) return undefined;
  let at = place;
  while (pathKind(at) === "absent" && at !== dirname(at)) at = dirname(at);
  const isTop = at !== "/tmp" && dirname(at) === dirname(dirname(at));
  const isTooMuch = isTop || grantable.tooMuch.some((part) => isWithin(at, part));
  return isTooMuch || grantable.isClosed(at) || !mayWriteTo(at) ? undefined : { place, at };
}

/** True also for the folder itself. */
export const isWithin = (folder: string, place: string): boolean =>
  !`${relative(folder, place)}${sep}`.startsWith(`..${sep}`);
