import { Type as T, type Static } from "@sinclair/typebox";
import { FuzzyFileSearchResult } from "../fuzzy-files.ts";
import { Int32, Nullable, OptionalNull, Uint, Words } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";
import { WindowsSandboxSetupMode } from "../windows-sandbox.ts";

export const CommandExecOutputStream = Words(["stdout", "stderr"], { title: "CommandExecOutputStream" });
export type CommandExecOutputStream = Static<typeof CommandExecOutputStream>;

export const CommandExecOutputDeltaNotification = T.Object(
  { processId: T.String(), stream: CommandExecOutputStream, deltaBase64: T.String(), capReached: T.Boolean() },
  { title: "CommandExecOutputDeltaNotification" },
);
export type CommandExecOutputDeltaNotification = Static<typeof CommandExecOutputDeltaNotification>;

export const FsChangedNotification = T.Object(
  { watchId: T.String(), changedPaths: T.Array(AbsolutePathBuf) },
  { title: "FsChangedNotification" },
);
export type FsChangedNotification = Static<typeof FsChangedNotification>;

export const FuzzyFileSearchSessionCompletedNotification = T.Object(
  { sessionId: T.String() },
  { title: "FuzzyFileSearchSessionCompletedNotification" },
);
export type FuzzyFileSearchSessionCompletedNotification = Static<typeof FuzzyFileSearchSessionCompletedNotification>;

export const FuzzyFileSearchSessionUpdatedNotification = T.Object(
  { sessionId: T.String(), query: T.String(), files: T.Array(FuzzyFileSearchResult) },
  { title: "FuzzyFileSearchSessionUpdatedNotification" },
);
export type FuzzyFileSearchSessionUpdatedNotification = Static<typeof FuzzyFileSearchSessionUpdatedNotification>;

export const ProcessExitedNotification = T.Object(
  {
    processHandle: T.String(),
    exitCode: Int32,
    outputDrainTimedOut: OptionalNull(T.Boolean()),
    stdout: T.String(),
    stdoutCapReached: T.Boolean(),
    stderr: T.String(),
    stderrCapReached: T.Boolean(),
  },
  { title: "ProcessExitedNotification" },
);
export type ProcessExitedNotification = Static<typeof ProcessExitedNotification>;

export const ProcessOutputStream = Words(["stdout", "stderr"], { title: "ProcessOutputStream" });
export type ProcessOutputStream = Static<typeof ProcessOutputStream>;

export const ProcessOutputDeltaNotification = T.Object(
  { processHandle: T.String(), stream: ProcessOutputStream, deltaBase64: T.String(), capReached: T.Boolean() },
  { title: "ProcessOutputDeltaNotification" },
);
export type ProcessOutputDeltaNotification = Static<typeof ProcessOutputDeltaNotification>;

export const WindowsSandboxSetupCompletedNotification = T.Object(
  { mode: WindowsSandboxSetupMode, success: T.Boolean(), error: Nullable(T.String()) },
  { title: "WindowsSandboxSetupCompletedNotification" },
);
export type WindowsSandboxSetupCompletedNotification = Static<typeof WindowsSandboxSetupCompletedNotification>;

export const WindowsWorldWritableWarningNotification = T.Object(
  { samplePaths: T.Array(T.String()), extraCount: Uint, failedScan: T.Boolean() },
  { title: "WindowsWorldWritableWarningNotification" },
);
export type WindowsWorldWritableWarningNotification = Static<typeof WindowsWorldWritableWarningNotification>;
