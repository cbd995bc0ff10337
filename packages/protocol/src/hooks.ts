import { Type as T, type Static } from "@sinclair/typebox";
import { Words } from "./schema.ts";

export const HookEventName = Words(
  [
    "preModelRequest",
    "postModelRequest",
    "preToolUse",
    "permissionRequest",
    "postToolUse",
    "preCompact",
    "postCompact",
    "sessionStart",
    "sessionEnd",
    "userPromptSubmit",
    "subagentStart",
    "subagentStop",
    "stop",
    "interrupt",
  ],
  { title: "HookEventName" },
);
export type HookEventName = Static<typeof HookEventName>;

export const HookMigration = T.Object({ name: T.String() }, { title: "HookMigration" });
export type HookMigration = Static<typeof HookMigration>;

export const HookSource = Words(
  [
    "system",
    "user",
    "project",
    "mdm",
    "sessionFlags",
    "plugin",
    "cloudRequirements",
    "cloudManagedConfig",
    "legacyManagedConfigFile",
    "legacyManagedConfigMdm",
    "unknown",
  ],
  { title: "HookSource" },
);
export type HookSource = Static<typeof HookSource>;
