import type { ListedThread } from "./thread-summary.ts";
import type { ThreadSourceKind as SourceKind } from "@codex/protocol/thread-source-kind";
import { sourceKindOf } from "./source-kind.ts";

/** What to list; what is left out does not matter. */
export type ThreadFilter = {
  archived?: boolean;
  /** Any of these folders. */
  cwd?: readonly string[];
  modelProviders?: readonly string[];
  sourceKinds?: readonly SourceKind[];
  /** Text within the name or the first thing said, in any letter case. */
  searchTerm?: string;
  /** Threads that are left out. */
  excluded?: ReadonlySet<string>;
};

export function matchesFilter(
  thread: ListedThread,
  { cwd, modelProviders, sourceKinds, searchTerm }: ThreadFilter,
): boolean {
  return (
    (cwd === undefined || cwd.includes(thread.cwd)) &&
    (modelProviders === undefined || modelProviders.includes(thread.modelProvider ?? "")) &&
    (sourceKinds === undefined || sourceKinds.some((kind) => isOfKind(thread, kind))) &&
    (searchTerm === undefined ||
      `${thread.name ?? ""}\n${thread.preview}`.toLowerCase().includes(searchTerm.toLowerCase()))
  );
}

/** "subAgent" is any of them. */
function isOfKind({ source }: ListedThread, kind: SourceKind): boolean {
  const own = sourceKindOf(source);
  return own === kind || (kind === "subAgent" && own.startsWith("subAgent"));
}
