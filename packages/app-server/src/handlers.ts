import type { Method } from "@codex/protocol/methods";
import type { Handler } from "./handler.ts";

/** One handler a method, loaded at its first use. Methods without one are in unavailable-methods.ts. */
export const handlers = {
  initialize: async () => (await import("./handlers/initialize.ts")).initialize,
  "thread/start": async () => (await import("./handlers/thread-start.ts")).threadStart,
  "thread/resume": async () => (await import("./handlers/thread-resume.ts")).threadResume,
  "thread/fork": async () => (await import("./handlers/thread-fork.ts")).threadFork,
  "thread/read": async () => (await import("./handlers/thread-read.ts")).threadRead,
  "thread/list": async () => (await import("./handlers/thread-list.ts")).threadList,
  "thread/name/set": async () => (await import("./handlers/thread-name-set.ts")).threadNameSet,
  "thread/turns/list": async () => (await import("./handlers/thread-turns-list.ts")).threadTurnsList,
  "thread/items/list": async () => (await import("./handlers/thread-items-list.ts")).threadItemsList,
  "thread/metadata/update": async () => (await import("./handlers/thread-metadata-update.ts")).threadMetadataUpdate,
  "thread/archive": async () => (await import("./handlers/thread-archive.ts")).threadArchive,
  "thread/unarchive": async () => (await import("./handlers/thread-unarchive.ts")).threadUnarchive,
  "thread/delete": async () => (await import("./handlers/thread-delete.ts")).threadDelete,
  "thread/revert": async () => (await import("./handlers/thread-revert.ts")).threadRevert,
  "thread/loaded/list": async () => (await import("./handlers/thread-loaded-list.ts")).threadLoadedList,
  "thread/unsubscribe": async () => (await import("./handlers/thread-unsubscribe.ts")).threadUnsubscribe,
  "turn/start": async () => (await import("./handlers/turn-start.ts")).turnStart,
  "turn/steer": async () => (await import("./handlers/turn-steer.ts")).turnSteer,
  "turn/settings/update": async () => (await import("./handlers/turn-settings-update.ts")).turnSettingsUpdate,
  "thread/settings/update": async () => (await import("./handlers/thread-settings-update.ts")).threadSettingsUpdate,
  "thread/compact/start": async () => (await import("./handlers/thread-compact-start.ts")).threadCompactStart,
  "thread/shellCommand": async () => (await import("./handlers/thread-shell-command.ts")).threadShellCommand,
  "thread/approveGuardianDeniedAction": async () =>
    (await import("./handlers/thread-approve-guardian-denied-action.ts")).threadApproveGuardianDeniedAction,
  "thread/inject_items": async () => (await import("./handlers/thread-inject-items.ts")).threadInjectItems,
  "thread/backgroundTerminals/list": async () =>
    (await import("./handlers/thread-background-terminals-list.ts")).threadBackgroundTerminalsList,
  "thread/backgroundTerminals/clean": async () =>
    (await import("./handlers/thread-background-terminals-clean.ts")).threadBackgroundTerminalsClean,
  "thread/backgroundTerminals/terminate": async () =>
    (await import("./handlers/thread-background-terminals-terminate.ts")).threadBackgroundTerminalsTerminate,
  "turn/interrupt": async () => (await import("./handlers/turn-interrupt.ts")).turnInterrupt,
  "command/exec": async () => (await import("./handlers/command-exec.ts")).commandExec,
  "command/exec/write": async () => (await import("./handlers/command-exec-write.ts")).commandExecWrite,
  "command/exec/resize": async () => (await import("./handlers/command-exec-resize.ts")).commandExecResize,
  "command/exec/terminate": async () => (await import("./handlers/command-exec-terminate.ts")).commandExecTerminate,
  "process/spawn": async () => (await import("./handlers/process-spawn.ts")).processSpawn,
  "process/writeStdin": async () => (await import("./handlers/process-write-stdin.ts")).processWriteStdin,
  "process/resizePty": async () => (await import("./handlers/process-resize-pty.ts")).processResizePty,
  "process/kill": async () => (await import("./handlers/process-kill.ts")).processKill,
  "fs/readFile": async () => (await import("./handlers/fs-read-file.ts")).fsReadFile,
  "fs/writeFile": async () => (await import("./handlers/fs-write-file.ts")).fsWriteFile,
  "fs/createDirectory": async () => (await import("./handlers/fs-create-directory.ts")).fsCreateDirectory,
  "fs/getMetadata": async () => (await import("./handlers/fs-get-metadata.ts")).fsGetMetadata,
  "fs/readDirectory": async () => (await import("./handlers/fs-read-directory.ts")).fsReadDirectory,
  "fs/remove": async () => (await import("./handlers/fs-remove.ts")).fsRemove,
  "fs/copy": async () => (await import("./handlers/fs-copy.ts")).fsCopy,
  "fs/watch": async () => (await import("./handlers/fs-watch.ts")).fsWatch,
  "fs/unwatch": async () => (await import("./handlers/fs-unwatch.ts")).fsUnwatch,
  fuzzyFileSearch: async () => (await import("./handlers/fuzzy-file-search.ts")).fuzzyFileSearch,
  "fuzzyFileSearch/sessionStart": async () =>
    (await import("./handlers/fuzzy-file-search-session-start.ts")).fuzzyFileSearchSessionStart,
  "fuzzyFileSearch/sessionUpdate": async () =>
    (await import("./handlers/fuzzy-file-search-session-update.ts")).fuzzyFileSearchSessionUpdate,
  "fuzzyFileSearch/sessionStop": async () =>
    (await import("./handlers/fuzzy-file-search-session-stop.ts")).fuzzyFileSearchSessionStop,
  gitDiffToRemote: async () => (await import("./handlers/git-diff-to-remote.ts")).gitDiffToRemote,
  "environment/info": async () => (await import("./handlers/environment-info.ts")).environmentInfo,
  "environment/status": async () => (await import("./handlers/environment-status.ts")).environmentStatus,
} satisfies { [M in Method]?: () => Promise<Handler<M>> };

export type Handlers = typeof handlers;

/** The handler of a method, where it has one. */
export function loadHandler<M extends Method>(method: M): (() => Promise<Handler<M>>) | undefined {
  const found: { readonly [N in Method]?: () => Promise<Handler<N>> } = handlers;
  return found[method];
}
