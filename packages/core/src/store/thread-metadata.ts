import { join } from "node:path";
import { isObject, parseJson } from "@codex/protocol/json";
import type { Result } from "@codex/protocol/result";
import type { GitInfo } from "@codex/protocol/thread";
import { appendLine, linesOf, withoutThread } from "./line-file.ts";
import { textOf } from "./fields.ts";

/** What a client has noted of a thread beside what its rollout says. */
export type ThreadMetadata = {
  /** In place of what the rollout says; null where all of it was taken out. */
  readonly gitInfo?: GitInfo | null;
  readonly daybreakEnabled?: boolean;
};

/** One line for each change, as with the names; the original keeps these in a database of its own. */
const metadataPath = (codexHome: string): string => join(codexHome, "codex-ts-metadata.jsonl");

/** By thread id. */
export function threadMetadata(codexHome: string): Map<string, ThreadMetadata> {
  const all = new Map<string, ThreadMetadata>();
  for (const text of linesOf(metadataPath(codexHome))) {
    const entry = parseJson(text);
    const id = isObject(entry) ? textOf(entry["id"]) : undefined;
    if (isObject(entry) && id !== undefined) all.set(id, { ...all.get(id), ...metadataOf(entry) });
  }
  return all;
}

export const noteMetadata = (codexHome: string, id: string, metadata: ThreadMetadata): Result<void> =>
  appendLine(metadataPath(codexHome), JSON.stringify({ id, ...metadata }));

export const forgetMetadata = (codexHome: string, id: string): Result<void> =>
  withoutThread(metadataPath(codexHome), id);

function metadataOf(entry: Readonly<Record<string, unknown>>): ThreadMetadata {
  const { gitInfo, daybreakEnabled } = entry;
  return {
    ...(gitInfo === null ? { gitInfo } : {}),
    ...(isObject(gitInfo) ? { gitInfo: gitOf(gitInfo) } : {}),
    ...(typeof daybreakEnabled === "boolean" ? { daybreakEnabled } : {}),
  };
}

const gitOf = (git: Readonly<Record<string, unknown>>): GitInfo => ({
  sha: textOf(git["sha"]) ?? null,
  branch: textOf(git["branch"]) ?? null,
  originUrl: textOf(git["originUrl"]) ?? null,
});
