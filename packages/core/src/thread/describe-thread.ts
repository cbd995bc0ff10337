import type { ThreadOpened } from "@codex/protocol/methods/thread-opened";
import type { GitInfo, Thread, ThreadStatus, Turn } from "@codex/protocol/thread";
import { version } from "@codex/protocol/version";
import type { ListedThread } from "../store/thread-summary.ts";
import type { NewThread } from "../store/new-thread.ts";
import type { StoredThread } from "../store/stored-thread.ts";
import type { ThreadMetadata } from "../store/thread-metadata.ts";
import { gitInfoOf } from "../store/git-info.ts";
import type { ThreadSettings } from "./thread-settings.ts";
import { activeProfile } from "./describe-settings.ts";

/** What of a thread does not change with its settings. Times: Unix milliseconds. */
export type ThreadFacts = {
  readonly id: string;
  readonly forkedFromId: string | null;
  /** The first user message, "" before one. */
  readonly preview: string;
  /** The rollout file; null for a thread that leaves nothing on disk. */
  readonly path: string | null;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** When its last turn began. */
  readonly recencyMs: number;
  readonly originator: string;
  readonly source: Thread["source"];
  readonly threadSource: string | null;
  readonly gitInfo: GitInfo | null;
  readonly name: string | null;
  /** What a client noted; null where none has. */
  readonly daybreakEnabled: boolean | null;
};

/** Of a thread that begins now. */
export const freshFacts = (as: NewThread, path: string | null, nowMs: number): ThreadFacts => ({
  id: as.id,
  forkedFromId: null,
  preview: "",
  path,
  createdMs: nowMs,
  updatedMs: nowMs,
  recencyMs: nowMs,
  originator: as.originator,
  source: as.source,
  threadSource: as.threadSource,
  gitInfo: as.gitInfo,
  name: null,
  daybreakEnabled: null,
});

/** A loaded thread. */
export function describeThread(
  facts: ThreadFacts,
  settings: ThreadSettings,
  status: ThreadStatus,
  turns: Turn[],
): Thread {
  const { cwd, workspaceRoots } = settings;
  return {
    ...common(facts),
    sessionId: facts.id,
    ephemeral: facts.path === null,
    historyMode: "paginated",
    modelProvider: settings.provider.id,
    model: settings.model.slug,
    reasoningEffort: effortOf(settings),
    status,
    cwd,
    cliVersion: version,
    environments: [{ environmentId: "local", cwd, runtimeWorkspaceRoots: [...workspaceRoots] }],
    turns,
  };
}

export const openedThread = (thread: Thread, settings: ThreadSettings, instructionSources: string[]): ThreadOpened => ({
  thread,
  model: settings.model.slug,
  modelProvider: settings.provider.id,
  serviceTier: settings.serviceTier ?? null,
  disabledPluginIds: [],
  cwd: settings.cwd,
  runtimeWorkspaceRoots: [...settings.workspaceRoots],
  instructionSources,
  approvalPolicy: settings.approval,
  approvalsReviewer: settings.reviewer,
  sandbox: settings.policy,
  activePermissionProfile: activeProfile(settings),
  reasoningEffort: effortOf(settings),
  multiAgentMode: "explicitRequestOnly",
});

/** A thread that is on disk and not loaded, from the list. */
export const describeListed = (listed: ListedThread): Thread => ({
  ...common(listed),
  canAcceptDirectInput: null,
  sessionId: listed.sessionId,
  ephemeral: false,
  historyMode: listed.historyMode,
  modelProvider: listed.modelProvider ?? "",
  model: listed.model,
  reasoningEffort: listed.effort,
  status: { type: "notLoaded" },
  cwd: listed.cwd,
  cliVersion: listed.cliVersion,
  environments: null,
  turns: [],
});

/** A thread that is on disk and not loaded, read whole. */
export const describeStored = (
  stored: StoredThread,
  name: string | null,
  metadata: ThreadMetadata,
  turns: Turn[],
): Thread => ({
  ...common(storedFacts(stored, name, metadata)),
  canAcceptDirectInput: null,
  sessionId: stored.meta.session_id ?? stored.meta.id,
  ephemeral: false,
  historyMode: stored.meta.history_mode ?? "legacy",
  modelProvider: stored.meta.model_provider ?? "",
  model: stored.turnContext?.model ?? null,
  reasoningEffort: stored.turnContext?.effort ?? null,
  status: { type: "notLoaded" },
  cwd: stored.turnContext?.cwd ?? stored.meta.cwd,
  cliVersion: stored.meta.cli_version,
  environments: null,
  turns,
});

export function storedFacts(
  { meta, path, preview, turns }: StoredThread,
  name: string | null,
  metadata: ThreadMetadata,
): ThreadFacts {
  const createdMs = Date.parse(meta.timestamp) || 0;
  const last = turns.at(-1);
  const updated = last?.completedAt ?? last?.startedAt ?? null;
  return {
    id: meta.id,
    forkedFromId: meta.forked_from_id ?? null,
    preview,
    path,
    createdMs,
    updatedMs: updated === null ? createdMs : updated * 1000,
    recencyMs: last?.startedAt == null ? createdMs : last.startedAt * 1000,
    originator: meta.originator,
    source: meta.source,
    threadSource: meta.thread_source ?? null,
    gitInfo: metadata.gitInfo === undefined ? gitInfoOf(meta) : metadata.gitInfo,
    name,
    daybreakEnabled: metadata.daybreakEnabled ?? null,
  };
}

const effortOf = ({ effort }: ThreadSettings): string | null => effort ?? null;

/** What every description has alike; null is for what this build does not know of threads. */
function common(facts: ThreadFacts) {
  return {
    id: facts.id,
    forkedFromId: facts.forkedFromId,
    attachedToThreadId: null,
    parentThreadId: null,
    preview: facts.preview,
    section: null,
    sectionEnteredAt: null,
    projectId: null,
    createdAt: Math.floor(facts.createdMs / 1000),
    updatedAt: Math.floor(facts.updatedMs / 1000),
    recencyAt: Math.floor(facts.recencyMs / 1000),
    path: facts.path,
    originator: facts.originator,
    source: facts.source,
    canAcceptDirectInput: true,
    threadSource: facts.threadSource,
    agentNickname: null,
    agentRole: null,
    gitInfo: facts.gitInfo,
    name: facts.name,
    daybreakEnabled: facts.daybreakEnabled,
    extra: null,
  };
}
