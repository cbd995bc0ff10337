import { Type as T, type Static } from "@sinclair/typebox";
import { HookEventName } from "../hooks.ts";
import { AppSummary, PluginSummary } from "../plugins.ts";
import { Nullable, OptionalNull, Uint32, Words } from "../schema.ts";
import { SkillInterface } from "../skill-interface.ts";
import { AbsolutePathBuf, LegacyAppPathString } from "../values.ts";

export const AppTemplateUnavailableReason = Words(["NOT_CONFIGURED_FOR_WORKSPACE", "NO_ACTIVE_WORKSPACE"], {
  title: "AppTemplateUnavailableReason",
});
export type AppTemplateUnavailableReason = Static<typeof AppTemplateUnavailableReason>;

export const AppTemplateSummary = T.Object(
  {
    templateId: T.String(),
    name: T.String(),
    description: Nullable(T.String()),
    category: Nullable(T.String()),
    canonicalConnectorId: Nullable(T.String()),
    logoUrl: Nullable(T.String()),
    logoUrlDark: Nullable(T.String()),
    materializedAppIds: T.Array(T.String()),
    reason: Nullable(AppTemplateUnavailableReason),
  },
  { title: "AppTemplateSummary" },
);
export type AppTemplateSummary = Static<typeof AppTemplateSummary>;

export const SkillSummary = T.Object(
  {
    name: T.String(),
    description: T.String(),
    shortDescription: Nullable(T.String()),
    interface: Nullable(SkillInterface),
    path: Nullable(LegacyAppPathString),
    enabled: T.Boolean(),
  },
  { title: "SkillSummary" },
);
export type SkillSummary = Static<typeof SkillSummary>;

export const PluginHookSummary = T.Object(
  { key: T.String(), eventName: HookEventName },
  { title: "PluginHookSummary" },
);
export type PluginHookSummary = Static<typeof PluginHookSummary>;

export const ScheduledTaskWeekday = Words(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], {
  title: "ScheduledTaskWeekday",
});
export type ScheduledTaskWeekday = Static<typeof ScheduledTaskWeekday>;

export const ScheduledTaskSchedule = T.Union(
  [
    T.Object({ type: T.Literal("hourly"), intervalHours: Uint32, days: Nullable(T.Array(ScheduledTaskWeekday)) }),
    T.Object({ type: T.Literal("daily"), time: T.String() }),
    T.Object({ type: T.Literal("weekdays"), time: T.String() }),
    T.Object({ type: T.Literal("weekly"), days: T.Array(ScheduledTaskWeekday), time: T.String() }),
  ],
  { title: "ScheduledTaskSchedule" },
);
export type ScheduledTaskSchedule = Static<typeof ScheduledTaskSchedule>;

export const ScheduledTaskSummary = T.Object(
  { key: T.String(), name: T.String(), prompt: T.String(), schedule: ScheduledTaskSchedule },
  { title: "ScheduledTaskSummary" },
);
export type ScheduledTaskSummary = Static<typeof ScheduledTaskSummary>;

export const PluginDetail = T.Object(
  {
    marketplaceName: T.String(),
    marketplacePath: Nullable(AbsolutePathBuf),
    summary: PluginSummary,
    shareUrl: Nullable(T.String()),
    description: Nullable(T.String()),
    skills: T.Array(SkillSummary),
    onboardingSkill: Nullable(SkillSummary),
    hooks: T.Array(PluginHookSummary),
    apps: T.Array(AppSummary),
    appTemplates: T.Array(AppTemplateSummary),
    mcpServers: T.Array(T.String()),
    scheduledTasks: Nullable(T.Array(ScheduledTaskSummary)),
  },
  { title: "PluginDetail" },
);
export type PluginDetail = Static<typeof PluginDetail>;

export const Params = T.Object(
  {
    marketplacePath: OptionalNull(AbsolutePathBuf),
    remoteMarketplaceName: OptionalNull(T.String()),
    pluginName: T.String(),
  },
  { title: "PluginReadParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ plugin: PluginDetail }, { title: "PluginReadResponse" });
export type Result = Static<typeof Result>;
