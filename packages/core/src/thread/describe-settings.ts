import type { ThreadSettings as Shown } from "@codex/protocol/notifications/thread";
import type { ThreadSettings } from "./thread-settings.ts";

/** A thread's settings as clients are told of them. */
export function describeSettings(settings: ThreadSettings): Shown {
  const { cwd, workspaceRoots, model } = settings;
  const effort = settings.effort ?? null;
  return {
    disabledPluginIds: [],
    cwd,
    environments: [{ environmentId: "local", cwd, runtimeWorkspaceRoots: [...workspaceRoots] }],
    approvalPolicy: settings.approval,
    approvalsReviewer: settings.reviewer,
    sandboxPolicy: settings.policy,
    activePermissionProfile: activeProfile(settings),
    model: model.slug,
    modelProvider: settings.provider.id,
    serviceTier: settings.serviceTier ?? null,
    effort,
    summary: (settings.summary as Shown["summary"]) ?? null,
    collaborationMode: settings.mode ?? {
      mode: "default",
      settings: { model: model.slug, reasoning_effort: effort, developer_instructions: null },
    },
    multiAgentMode: "explicitRequestOnly",
    personality: settings.personality ?? null,
  };
}

/** The permission profile in force, chosen or not; null where a sandbox mode was chosen. */
export function activeProfile({ profile, impliedProfile }: ThreadSettings): Shown["activePermissionProfile"] {
  const id = profile?.name ?? impliedProfile;
  return id === undefined ? null : { id, extends: null };
}
