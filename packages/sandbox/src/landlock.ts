import {
  allowBelow,
  createLandlock,
  dieWithParent,
  forbidNewPrivileges,
  landlockVersion,
  restrictSelf,
} from "@codex/platform/libc";
import { openForRule } from "@codex/platform/inner-process";

/**
 * Landlock, for machines that allow no user namespaces: the kernel checks each access of the process against a list of what it
 * may. Rules only ever add rights, so nothing inside a writable folder can be protected from it. Bits: <linux/landlock.h>.
 */
export type LandlockRules = { readonly writable: readonly string[] };

const rights = {
  execute: 1,
  writeFile: 1 << 1,
  readFile: 1 << 2,
  readFolder: 1 << 3,
  truncate: 1 << 14,
  controlDevice: 1 << 15,
};

const reading = rights.execute | rights.readFile | rights.readFolder;
const onFiles = rights.execute | rights.writeFile | rights.readFile | rights.truncate | rights.controlDevice;

/** All rights of files that a version knows, each version's in addition to those before. */
function allRights(version: number): number {
  if (version >= 5) return 0xffff;
  if (version >= 3) return 0x7fff;
  return version === 2 ? 0x3fff : 0x1fff;
}

/** Abstract Unix sockets and signals of processes outside. */
const outsideScopes = 3;

/** The devices that programs write to; shm holds the locks of python's multiprocessing. */
const devices = ["null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm"].map(
  (name) => `/dev/${name}`,
);

/** Confines this thread and what it executes. Throws where the kernel refuses. */
export function confineByLandlock({ writable }: LandlockRules): void {
  const version = landlockVersion();
  if (version === 0) throw new Error("the kernel has no Landlock");
  const known = allRights(version);
  must("die with its parent", dieWithParent());
  const ruleset = must("make Landlock rules", createLandlock(version, known, version >= 6 ? outsideScopes : 0));
  allow(ruleset, "/", reading);
  for (const path of [...devices, ...writable]) allow(ruleset, path, known);
  must("forbid new privileges", forbidNewPrivileges());
  must("apply the Landlock rules", restrictSelf(ruleset));
}

/** What is not there needs no right. */
function allow(ruleset: number, path: string, wanted: number): void {
  const place = openForRule(path);
  if (place === undefined) return;
  must(`allow ${path}`, allowBelow(ruleset, place.descriptor, place.isFolder ? wanted : wanted & onFiles));
}

function must(what: string, answer: number): number {
  if (answer < 0) throw new Error(`could not ${what} (errno ${-answer})`);
  return answer;
}
