import { readdirSync, readlinkSync } from "node:fs";

/** How many of our descriptors are open on something whose name in /proc begins with `prefix`: `pipe:`, `/dev/ptmx`. */
export function openDescriptors(prefix: string): number {
  return readdirSync("/proc/self/fd").filter((name) => linkOf(name)?.startsWith(prefix)).length;
}

/** Undefined for the descriptor that the listing itself used and has closed. */
function linkOf(descriptor: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}
