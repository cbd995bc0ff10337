import type { RolloutRecord } from "../store/rollout-record.ts";
import { permissionProfile } from "../store/turn-context-payload.ts";
import type { OpenTurn } from "./open-turn.ts";
import type { ThreadSettings } from "./thread-settings.ts";

/** What a turn's settings leave in the rollout; a resume goes on with them. Source: rollouts of the original 0.169.0. */
export function settingsRecords({ id, settings }: OpenTurn): RolloutRecord[] {
  const effort = settings.effort ?? null;
  return [
    {
      type: "turnContext",
      context: {
        turnId: id,
        cwd: settings.cwd,
        model: settings.model.slug,
        effort,
        summary: settings.summary ?? settings.model.defaultReasoningSummary,
        approvalPolicy: settings.approval,
        approvalsReviewer: settings.reviewer,
        sandboxPolicy: settings.policy,
        workspaceRoots: [...settings.workspaceRoots],
      },
    },
    threadSettingsRecord(settings),
  ];
}

/** The settings as the whole thread has them, after they were chosen or changed. */
export const threadSettingsRecord = (settings: ThreadSettings): RolloutRecord => ({
  type: "threadSettings",
  settings: {
    model: settings.model.slug,
    model_provider_id: settings.provider.id,
    approval_policy: settings.approval,
    approvals_reviewer: settings.reviewer,
    permission_profile: permissionProfile(settings.policy, settings.workspaceRoots),
    ...(settings.profile === undefined ? {} : { active_permission_profile: { id: settings.profile.name } }),
    ...(settings.serviceTier === undefined ? {} : { service_tier: settings.serviceTier }),
    cwd: settings.cwd,
    runtime_workspace_roots: [...settings.workspaceRoots],
    collaboration_mode: settings.mode ?? {
      mode: "default",
      settings: { model: settings.model.slug, reasoning_effort: settings.effort ?? null, developer_instructions: null },
    },
    disabled_plugin_ids: [],
  },
});
