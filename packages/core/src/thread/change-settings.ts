import { homeFolder, type Environment } from "@codex/platform/env";
import { pathKind } from "@codex/platform/read-file";
import type { CollaborationMode } from "@codex/protocol/collaboration-mode";
import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import { nearestPolicy } from "@codex/sandbox/permissions/file-rules";
import { readProfile } from "@codex/sandbox/permissions/profile";
import { modeInstructions } from "../context/collaboration-mode.ts";
import { overrideSettings } from "./resolve-settings.ts";
import type { ThreadSettings } from "./thread-settings.ts";

/** What a client may change of a thread, with a turn or without one. Absent leaves it. */
export type SettingsChange = Partial<Omit<Params<"thread/settings/update">, "threadId">> &
  Pick<Partial<Params<"turn/start">>, "runtimeWorkspaceRoots">;

/** The settings after the change; all of it is checked first. */
export function changeSettings(
  before: ThreadSettings,
  change: SettingsChange,
  env: Environment,
): Result<ThreadSettings> {
  if (change.permissions && change.sandboxPolicy) {
    return err(fail("refusedParams", "`permissions` cannot be combined with `sandboxPolicy`"));
  }
  const permissions = permissionsOf(change, before, env);
  if (!permissions.ok) return permissions;
  const mode = change.collaborationMode ?? undefined;
  const changed = overrideSettings(before, {
    threadId: "",
    input: [],
    cwd: change.cwd,
    approvalPolicy: change.approvalPolicy,
    approvalsReviewer: change.approvalsReviewer,
    summary: change.summary,
    serviceTier: change.serviceTier,
    // A mode brings a model and an effort of its own.
    model: mode?.settings.model ?? change.model,
    effort: mode?.settings.reasoning_effort ?? change.effort,
    sandboxPolicy: permissions.value?.policy ?? change.sandboxPolicy,
  });
  if (!changed.ok) return changed;
  const { cwd } = changed.value;
  if (change.cwd && pathKind(cwd) !== "directory") return err(fail("noSuchFolder", cwd));
  return ok({
    ...changed.value,
    ...(permissions.value?.profile && { profile: permissions.value.profile }),
    ...(change.serviceTier === null && { serviceTier: undefined }),
    ...(change.runtimeWorkspaceRoots && { workspaceRoots: [...new Set([cwd, ...change.runtimeWorkspaceRoots])] }),
    ...(change.personality && { personality: change.personality }),
    ...(mode && { mode: spelledOut(mode) }),
    ...(mode && mode.settings.reasoning_effort === null && { effort: undefined }),
  });
}

/** With its instructions in words, so that clients and a resume have what the model is told. */
const spelledOut = (mode: CollaborationMode): CollaborationMode => ({
  ...mode,
  settings: { ...mode.settings, developer_instructions: modeInstructions(mode) },
});

/** Undefined where no profile is asked for. */
function permissionsOf({ permissions: name }: SettingsChange, { config }: ThreadSettings, env: Environment) {
  if (!name) return ok(undefined);
  const profile = readProfile(name, config.permissions, homeFolder(env));
  return profile.ok ? ok({ policy: nearestPolicy(profile.value), profile: profile.value }) : profile;
}
