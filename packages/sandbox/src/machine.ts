import { expandGlob } from "@codex/platform/expand-glob";
import { findNamed } from "@codex/platform/find-named";
import { findProgram, findTrustedProgram } from "@codex/platform/find-program";
import { gitFolders, isSocket, lookAtPath, machineFilesInProc } from "@codex/platform/look-at-path";
import { listFolder } from "@codex/platform/list-folder";
import { spawnPiped } from "@codex/platform/process";
import { readText, realPath } from "@codex/platform/read-file";
import { surroundings } from "@codex/platform/surroundings";
import type { MachineFacts } from "./machine-facts.ts";

/** What the launcher reads of the machine; tests put something else in its place. */
export type Machine = Omit<MachineFacts, "tmpdir" | "codexHome" | "sockets"> & {
  readonly platform: NodeJS.Platform;
  isSocket(path: string): boolean;
  machineFilesInProc(): readonly string[];
  findProgram: typeof findProgram;
  findTrustedProgram: typeof findTrustedProgram;
  spawn: typeof spawnPiped;
  /** A one-line file such as those in /proc/sys, without its newline; undefined where there is none. */
  setting(path: string): string | undefined;
  surroundings: typeof surroundings;
};

/** The machine that we run on. */
export const thisMachine: Machine = {
  platform: process.platform,
  look: lookAtPath,
  realPath,
  gitFolders,
  findNamed,
  list: listFolder,
  expand: expandGlob,
  isSocket,
  machineFilesInProc,
  findProgram,
  findTrustedProgram,
  spawn: spawnPiped,
  surroundings,
  setting(path) {
    const text = readText(path);
    return text.ok ? text.value?.trim() : undefined;
  },
};
